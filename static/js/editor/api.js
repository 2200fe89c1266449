// Short requests to the server and what their answers mean.

const PATIENCE = 20000;

/** The token of the moment: signing in again changes it. */
function token() {
  const found = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
  return found ? decodeURIComponent(found[1]) : document.body.dataset.csrf ?? "";
}

/**
 * Ask for JSON; `body` is sent as JSON, URLSearchParams as a form. Never throws: gives {is, status, data}, where `is` is one of
 * ok · offline · session · conflict · gone · refused (422 and other 4xx) · forbidden · broken (5xx).
 */
export async function ask(url, body, { keepalive = false } = {}) {
  const options = { headers: { Accept: "application/json" }, credentials: "same-origin", keepalive };
  options.signal = AbortSignal.timeout(PATIENCE);
  if (body !== undefined) {
    options.method = "POST";
    options.headers["X-CSRFToken"] = token();
    if (body instanceof URLSearchParams) options.body = body;
    else {
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(body);
    }
  }
  let response;
  try {
    response = await fetch(url, options);
  } catch {
    return { is: "offline", status: 0, data: {} };
  }
  const json = response.headers.get("Content-Type")?.includes("json");
  let data = {};
  try {
    data = json ? await response.json() : {};
  } catch {
    return { is: "offline", status: response.status, data: {} };
  }
  return { is: meaning(response, json), status: response.status, data };
}

function meaning(response, json) {
  const { status } = response;
  if (status === 401 || (response.redirected && !json)) return "session";
  if (response.ok) return json ? "ok" : "session";
  if (status === 409) return "conflict";
  if (status === 410) return "gone";
  if (status === 403) return json ? "forbidden" : "session";
  if (status === 404) return "forbidden"; // the paper was removed, or is no longer this person's
  if (status === 408 || status === 425 || status === 429 || status >= 500) return "broken";
  return "refused";
}

/** The page of an address as text, or null; for fragments that the server draws. */
export async function fragment(url, headers = {}) {
  try {
    const response = await fetch(url, { headers, credentials: "same-origin" });
    return response.ok && !response.redirected ? await response.text() : null;
  } catch {
    return null;
  }
}
