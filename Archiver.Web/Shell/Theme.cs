using MudBlazor;

namespace Archiver.Web.Shell;

/// <summary>
/// The dashboard's look: one accent, lines rather than shadows, the system's own fonts. The status colours keep apart for eyes
/// that don't tell red from green (blue-green against vermilion), and none of them stands without a word or an icon.
/// </summary>
internal static class Theme
{
    private static readonly string[] SystemFonts =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif"];

    public static readonly MudTheme Archiver = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#2f5bd0",
            Secondary = "#55617a",
            Info = "#2f5bd0",
            Success = "#00735c",
            Warning = "#8a5a00",
            Error = "#b3261e",
            Background = "#f7f8fa",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#171c26",
            TextPrimary = "#171c26",
            TextSecondary = "#525c6e",
            ActionDefault = "#525c6e",
            LinesDefault = "#dfe3ea",
            LinesInputs = "#8a93a3",
            TableLines = "#e6e9ef",
            Divider = "#dfe3ea",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8fb0ff",
            PrimaryContrastText = "#0c1220",
            Secondary = "#a5b0c5",
            Info = "#8fb0ff",
            InfoContrastText = "#0c1220",
            Success = "#4fd1b0",
            SuccessContrastText = "#04221b",
            Warning = "#f0b95a",
            WarningContrastText = "#241800",
            Error = "#ff9a8f",
            ErrorContrastText = "#2c0a07",
            Background = "#0f131a",
            Surface = "#161b24",
            AppbarBackground = "#161b24",
            AppbarText = "#e7ebf2",
            DrawerBackground = "#161b24",
            TextPrimary = "#e7ebf2",
            TextSecondary = "#a3adbd",
            ActionDefault = "#a3adbd",
            LinesDefault = "#2a3240",
            LinesInputs = "#5c6779",
            TableLines = "#242b38",
            Divider = "#2a3240",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = SystemFonts, FontSize = ".875rem", LineHeight = "1.5", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = SystemFonts, FontSize = "1.375rem", FontWeight = "650", LineHeight = "1.3", LetterSpacing = "-.01em" },
            H2 = new H2Typography { FontFamily = SystemFonts, FontSize = "1.0625rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = SystemFonts, FontSize = ".875rem", FontWeight = "550", TextTransform = "none", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", AppbarHeight = "56px" },
    };
}
