// Shows the API's document. Nothing is asked of another host: no fonts, no proxy, no telemetry, no assistant.
const reference = document.getElementById("reference");
Scalar.createApiReference(reference, {
  url: reference.dataset.document,
  withDefaultFonts: false,
  telemetry: false,
  proxyUrl: "",
  hideClientButton: true,
  showDeveloperTools: "never",
  agent: { disabled: true },
  mcp: { disabled: true },
  persistAuth: false,
  defaultOpenAllTags: false,
});
