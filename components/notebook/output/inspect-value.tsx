import type { InspectNode } from "#src/notebook/runtime/bundle.ts";

/** A value as a tree that folds: one line each, opened by click or Enter, without any script. */
export function InspectValue({ node }: { node: InspectNode }) {
  return (
    <div class="output-value">
      <Entry node={node} />
    </div>
  );
}

function Entry({ node }: { node: InspectNode }) {
  const lines = textLines(node);
  if (lines) {
    return (
      <details>
        <OneLine node={node} />
        <pre class="value-lines">{lines}</pre>
      </details>
    );
  }
  if (!node.children?.length) return <LeafLine node={node} />;
  return (
    <details>
      <OneLine node={node} />
      {/* Safari's screen reader forgets lists without bullets unless the role is written */}
      <ul role="list">
        {node.children.map((child, k) => (
          <li key={child.key ?? k}>
            <Entry node={child} />
          </li>
        ))}
        {node.more ? <li class="value-more">… {node.more} more</li> : null}
      </ul>
    </details>
  );
}

function OneLine({ node }: { node: InspectNode }) {
  return (
    <summary>
      <Text node={node} />
    </summary>
  );
}

function LeafLine({ node }: { node: InspectNode }) {
  return (
    <div class="value-leaf">
      <Text node={node} />
      {node.more ? <span class="value-more"> … {node.more} more</span> : null}
    </div>
  );
}

function Text({ node }: { node: InspectNode }) {
  const { type, rest } = typeAndRest(node);
  return (
    <>
      {node.key !== undefined && <span class="value-key">{node.key}: </span>}
      {type && <span class="value-type">{type} </span>}
      <span class={`value-text is-${kindOf(node.type)}`}>{rest}</span>
    </>
  );
}

/** The type stands before the text once: containers show it, typed arrays and tensors carry it in their text. */
function typeAndRest(node: InspectNode): { type: string; rest: string } {
  if (node.text.startsWith(`${node.type} `))
    return { type: node.type, rest: node.text.slice(node.type.length + 1) };
  const isContainer = /^(Array|Map|Set)\(/.test(node.type);
  return { type: isContainer ? node.type : "", rest: node.text };
}

const SIMPLE_KINDS = new Set(["string", "number", "boolean", "bigint", "null", "undefined", "symbol"]);
const kindOf = (type: string): string => (SIMPLE_KINDS.has(type) ? type : "object");

/** The lines of a text that has several; one-line texts stay as code writes them. */
function textLines(node: InspectNode): string | undefined {
  if (node.type !== "string" || !node.text.includes("\\n")) return undefined;
  try {
    const text: unknown = JSON.parse(node.text);
    return typeof text === "string" && text.includes("\n") ? text : undefined;
  } catch {
    return undefined;
  }
}
