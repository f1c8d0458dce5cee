// Ends the session, and says where to go on. Cookies can be taken back by an answer only, and a circuit has none.
export async function signOut() {
  const response = await fetch("/sign-out", { method: "POST", headers: { "X-Archiver": "1" } });
  if (!response.ok) throw new Error(`The dashboard answered ${response.status}.`);
  return (await response.json()).location;
}
