// Keeps the language, and the browser's own way to write numbers where it is of that language, in the cookie that ASP.NET reads.
export function choose(language) {
  const own = navigator.languages.find(name => name === language || name.startsWith(`${language}-`));
  const value = encodeURIComponent(`c=${own ?? language}|uic=${language}`);
  document.cookie = `.AspNetCore.Culture=${value}; path=/; max-age=31536000; samesite=lax`;
  location.reload();
}
