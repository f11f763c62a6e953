/* Keeps what is entered on a register until the server has it, whatever becomes of the connection.

   htmx sends the form and asks every few seconds what others changed. This file marks each row that is not saved yet,
   says so when sending fails, sends again once the connection is back, and holds off any answer that would take away
   something typed, or the row in which somebody is at work. Without it the form is saved by its button. */
(() => {
  "use strict";
  const UNSAVED = "unsaved", SENT = "sent";
  const NO_CONNECTION = "Not saved: no connection. What you entered is kept on this page.";
  const PRESS_AGAIN = "Not saved: no connection. Press again when it is back.";
  const REFUSED = "Not saved: the server could not take it. What you entered is kept on this page.";
  const OUT_OF_TOUCH = "No connection. What others change is not shown until it is back.";
  let mustSendAgain = false;
  let kept = [];

  const byId = (id) => document.getElementById(id);
  const rows = (state) => [...document.querySelectorAll(`#rows li[data-state="${state}"]`)];

  function mark(row, state) {
    if (state) row.dataset.state = state; else delete row.dataset.state;
    const note = row.querySelector(".q-seat__kept--no");
    if (note) note.hidden = state !== UNSAVED;
    row.querySelectorAll(".q-seat__kept:not(.q-seat__kept--no)").forEach((said) => { said.hidden = state === UNSAVED; });
  }

  function tell(sentence) {
    const notice = byId("unsaved");
    if (!notice || notice.textContent === sentence) return;
    notice.textContent = sentence;
    notice.hidden = !sentence;
    if (sentence) byId("spoken").textContent = sentence;
  }

  const isSaving = (event) => event.detail.elt.id === "register";

  function sendAgain() {
    const form = byId("register");
    if (mustSendAgain && form) { mustSendAgain = false; htmx.trigger(form, "resend"); }
  }

  // Before htmx hears of it, so that the row counts as changed when the request leaves.
  document.addEventListener("change", (event) => {
    const row = event.target.closest("#rows li");
    if (row) mark(row, UNSAVED);
    else if (event.target.name === "show") document.querySelectorAll(".is-kept").forEach((each) => each.classList.remove("is-kept"));
  }, true);

  // A press of the Enter key names no button; the server is told of it as of the press that saves.
  document.addEventListener("htmx:configRequest", (event) => {
    const { parameters, triggeringEvent } = event.detail;
    if (triggeringEvent?.type === "submit" && !parameters.leaving && !parameters.returning) parameters.save = "save";
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isSaving(event)) rows(UNSAVED).forEach((row) => mark(row, SENT));
  });

  function failed(event, sentence) {
    const isCut = sentence === NO_CONNECTION;
    if (!isSaving(event)) {
      if (isCut && byId("unsaved")?.hidden) tell(OUT_OF_TOUCH);
      return;
    }
    const pressed = event.detail.requestConfig?.triggeringEvent?.submitter;
    const isPress = pressed && pressed.name !== "save";
    rows(SENT).forEach((row) => mark(row, UNSAVED));
    mustSendAgain = isCut && !isPress;
    tell(isCut && isPress ? PRESS_AGAIN : sentence);
  }
  document.addEventListener("htmx:sendError", (event) => failed(event, NO_CONNECTION));
  document.addEventListener("htmx:timeout", (event) => failed(event, NO_CONNECTION));
  document.addEventListener("htmx:responseError", (event) => failed(event, REFUSED));

  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    if (isSaving(event)) rows(SENT).forEach((row) => mark(row, ""));
    if (mustSendAgain) sendAgain();
    else if (isSaving(event) || byId("unsaved")?.textContent === OUT_OF_TOUCH) tell("");
  });
  window.addEventListener("online", sendAgain);
  window.addEventListener("beforeunload", (event) => { if (rows(UNSAVED).length) event.preventDefault(); });

  // One row comes back from the server. What is newer on the page stays.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const old = event.target, fresh = event.detail.fragment.firstElementChild;
    if (!old.matches("#rows li[data-version]") || !fresh?.dataset.version) return;
    const isOlder = Number(fresh.dataset.version) < Number(old.dataset.version);
    const isOurs = "saved" in fresh.dataset;
    const isTyped = old.dataset.state === UNSAVED || (old.dataset.state === SENT && !isOurs);
    const isAtWork = !isOurs && old.contains(document.activeElement);
    if (!isOlder && !isTyped && !isAtWork) return;
    event.detail.shouldSwap = false;
    if (isOurs && !isOlder) {
      // Changed again while it was being saved: the row stays, and what it says next builds on what was saved.
      const input = `input[name^="version-"]`;
      old.querySelector(input).value = fresh.querySelector(input).value;
      old.dataset.version = fresh.dataset.version;
    }
  });

  // The whole page comes back, with a problem: what was entered since the form left is entered again.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target.id === "main") kept = rows(UNSAVED).map((row) => row.querySelector("input:checked")?.id);
  });
  document.addEventListener("htmx:afterSettle", () => {
    for (const radio of kept.map(byId)) {
      if (radio) { radio.checked = true; mark(radio.closest("li"), UNSAVED); }
    }
    kept = [];
  });
})();
