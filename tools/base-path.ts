/** `course`, `/course` and `/course/` all mean `/course/`; nothing means `/`. */
export function basePath(value = process.env.BASE_PATH ?? "/"): string {
  const inner = value.split("/").filter(Boolean).join("/");
  return inner ? `/${inner}/` : "/";
}
