using MudBlazor;

namespace Archiver.Web.Shell.Display;

/// <summary>How a status looks: always a word and an icon beside the colour.</summary>
/// <param name="Text">The word.</param>
/// <param name="Icon">The icon's SVG.</param>
/// <param name="Color">The colour.</param>
public sealed record StatusDisplay(string Text, string Icon, Color Color);
