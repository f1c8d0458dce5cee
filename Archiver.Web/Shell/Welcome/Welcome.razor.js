// Who has put the welcome away is not welcomed again in this browser.
const key = "archiver.welcomed";

export function isPutAway() {
  return localStorage.getItem(key) !== null;
}

export function putAway() {
  localStorage.setItem(key, "1");
}
