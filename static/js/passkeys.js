/* Lets a browser's passkeys speak to the forms marked with data-passkey: "use" shows one, "make" sets one up.

   A press asks the server for a challenge, hands it to the device, puts the answer into the form and sends it. The forms
   are hidden until this runs, for without script there is nothing they could do. */
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
  const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const withBytes = (list) => (list || []).map((each) => ({ ...each, id: toBytes(each.id) }));

  function opened(options) {
    const open = { ...options, challenge: toBytes(options.challenge) };
    if (open.user) open.user = { ...open.user, id: toBytes(open.user.id) };
    if (open.excludeCredentials) open.excludeCredentials = withBytes(open.excludeCredentials);
    if (open.allowCredentials) open.allowCredentials = withBytes(open.allowCredentials);
    return open;
  }

  function told(credential) {
    const { response } = credential;
    const said = { clientDataJSON: toText(response.clientDataJSON) };
    if (response.attestationObject) said.attestationObject = toText(response.attestationObject);
    if (response.authenticatorData) said.authenticatorData = toText(response.authenticatorData);
    if (response.signature) said.signature = toText(response.signature);
    if (response.userHandle) said.userHandle = toText(response.userHandle);
    return JSON.stringify({
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      response: said,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  }

  const WORDS = {
    NotAllowedError: "Nothing was chosen, or it took too long. Press again to try once more.",
    InvalidStateError: "This device has a passkey of yours already.",
    SecurityError: "Passkeys do not work at this address. Open the address that your partnership gave you.",
  };

  function say(form, sentence) {
    const note = form.querySelector("[data-passkey-note]");
    note.textContent = sentence;
    note.hidden = !sentence;
  }

  async function run(form) {
    const answer = await fetch(form.dataset.options, {
      method: "POST",
      credentials: "same-origin",
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    });
    if (!answer.ok || answer.redirected) { window.location.reload(); return; }
    const publicKey = opened((await answer.json()).publicKey);
    const isMaking = form.dataset.passkey === "make";
    const credential = await navigator.credentials[isMaking ? "create" : "get"]({ publicKey });
    form.elements.credential.value = told(credential);
    form.submit();
  }

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      say(form, "");
      run(form).catch((error) => say(form, WORDS[error.name] || "That did not work. Press again, or use another way."));
    });
  });
  document.querySelectorAll("[data-without-passkeys]").forEach((each) => { each.hidden = true; });
})();
