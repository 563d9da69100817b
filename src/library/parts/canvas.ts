import { rgb } from "d3-color";
import { encodePng, toBase64 } from "./png.ts";

interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** As much of a 2D canvas as Plot's rasters and colour legends use: filled rectangles and image data. */
export function createCanvasContext(canvas: { width: number; height: number }) {
  let pixels: Pixels | undefined;
  const own = (): Pixels => {
    if (pixels?.width !== canvas.width || pixels.height !== canvas.height)
      pixels = blank(canvas.width, canvas.height);
    return pixels;
  };
  return {
    canvas,
    fillStyle: "#000",
    imageSmoothingEnabled: true,
    createImageData: blank,
    getImageData: own,
    putImageData(image: Pixels) {
      pixels = image;
    },
    fillRect(x: number, y: number, width: number, height: number) {
      const { r, g, b, opacity } = rgb(this.fillStyle);
      const image = own();
      for (let row = Math.max(0, y); row < Math.min(image.height, y + height); row++)
        for (let column = Math.max(0, x); column < Math.min(image.width, x + width); column++)
          image.data.set([r, g, b, opacity * 255], 4 * (row * image.width + column));
    },
    drawImage() {},
    toDataURL: () => `data:image/png;base64,${toBase64(encodePng(own()))}`,
  };
}

const blank = (width: number, height: number): Pixels => ({
  width,
  height,
  data: new Uint8ClampedArray(4 * width * height),
});
