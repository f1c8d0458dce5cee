namespace Archiver.Web.Shell;

/// <summary>A link of the navigation; each feature registers its own.</summary>
/// <param name="Order">Its place, from the left.</param>
/// <param name="Text">What it says, which is its accessible name.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Badge">A component that shows a number beside the text; it must not change the link's accessible name.</param>
internal sealed record NavigationItem(int Order, string Text, string Href, Type? Badge = null);
