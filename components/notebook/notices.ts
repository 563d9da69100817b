export interface NoticeAction {
  label: string;
  run: () => void;
  /** the notice stays open after it */
  stays?: boolean;
}

export interface Notice {
  /** a later notice of the same id replaces this one */
  id: string;
  text: string;
  tone?: "plain" | "warn";
  actions?: NoticeAction[];
}

export interface Notices {
  show(notice: Notice): void;
  hide(id: string): void;
  /** a short sentence for screen readers */
  announce(text: string): void;
}

function button(document: Document, label: string, onClick: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = label;
  element.addEventListener("click", onClick);
  return element;
}

function noticeElement(document: Document, notice: Notice, close: () => void): HTMLElement {
  const element = document.createElement("div");
  element.className = "notice";
  element.dataset["notice"] = notice.id;
  element.dataset["tone"] = notice.tone ?? "plain";
  element.setAttribute("role", notice.tone === "warn" ? "alert" : "status");
  const text = document.createElement("p");
  text.textContent = notice.text;
  const actions = document.createElement("div");
  actions.className = "notice-actions";
  for (const action of notice.actions ?? []) {
    const onClick = (): void => {
      action.run();
      if (!action.stays) close();
    };
    actions.append(button(document, action.label, onClick));
  }
  actions.append(button(document, "Close", close));
  element.append(text, actions);
  return element;
}

/** Plain message bars in `[data-notices]` and the announcements in `[data-announcer]`. */
export function createNotices(document: Document): Notices {
  const place = document.querySelector("[data-notices]");
  const announcer = document.querySelector("[data-announcer]");
  const hide = (id: string): void => {
    for (const element of place?.querySelectorAll<HTMLElement>("[data-notice]") ?? []) {
      if (element.dataset["notice"] === id) element.remove();
    }
  };
  return {
    show(notice) {
      hide(notice.id);
      place?.append(noticeElement(document, notice, () => hide(notice.id)));
    },
    hide,
    announce(text) {
      if (!announcer || !text) return;
      announcer.classList.remove("is-failure");
      announcer.textContent = text;
    },
  };
}
