// The code of a link stands behind its #, which browsers send to nobody: it is in no log and no Referer. This page takes it out of
// the address before anything else, and sends it once.
const form = document.getElementById("code");
const said = document.getElementById("said");

const codeOf = text => text.trim().split("#").pop();

async function enter(code) {
  said.textContent = "";
  try {
    const response = await fetch("/sign-in/local", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Archiver": "1" },
      body: JSON.stringify({ code, returnUrl: form.dataset.returnUrl }),
    });
    const answer = await response.json();
    if (response.ok) location.replace(answer.location);
    else said.textContent = answer.detail ?? form.dataset.failed.replace("{0}", response.status);
  } catch {
    said.textContent = form.dataset.silent;
  }
}

function takeFragment() {
  const code = codeOf(location.hash);
  if (!code) return;
  history.replaceState(null, "", location.pathname + location.search);
  enter(code);
}

if (form) {
  form.addEventListener("submit", event => {
    event.preventDefault();
    const link = form.elements.link.value;
    form.reset();
    enter(codeOf(link));
  });
  addEventListener("hashchange", takeFragment); // the link, opened where this page is open already
  takeFragment();
}

// The theme that was chosen in the dashboard, where one was.
const theme = localStorage.getItem("archiver.theme");
if (theme) document.documentElement.dataset.theme = theme;
