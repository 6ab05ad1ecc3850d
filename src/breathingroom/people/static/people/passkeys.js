// Passkeys: the one thing here that cannot be done without a script, for only the browser can ask the key.
// A form with data-passkey="create" or "get" fills its field `credential` and sends itself.
// What to ask for is in data-options, or behind the address in data-options-from.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const opened = (list) => list?.map((item) => ({ ...item, id: bytes(item.id) }));

function decoded({ publicKey }) {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: bytes(options.user.id) };
  options.excludeCredentials = opened(options.excludeCredentials);
  options.allowCredentials = opened(options.allowCredentials);
  return options;
}

function encoded(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function asked(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).request_options;
}

async function shown(form) {
  const publicKey = decoded(await asked(form));
  if (form.dataset.passkey === "get") return navigator.credentials.get({ publicKey });
  const alone = form.querySelector("[name=passwordless]");
  if (!alone || alone.checked) {
    publicKey.authenticatorSelection = {
      ...publicKey.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    };
  }
  return navigator.credentials.create({ publicKey });
}

// A passkey belongs to a name; browsers refuse to make or show one for a bare number such as 127.0.0.1.
const possible = window.PublicKeyCredential && !/^[\d.]+$|:/.test(location.hostname);

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const excuse = form.querySelector("[data-passkey-failed]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    excuse.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(encoded(await shown(form)));
      form.submit();
    } catch {
      excuse.hidden = false;
      excuse.focus();
    }
  });
  if (possible) form.hidden = false;
  else form.querySelector("[data-passkey-impossible]")?.removeAttribute("hidden");
}
