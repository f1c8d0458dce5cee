using Microsoft.Extensions.Localization;
using MudBlazor;
using static Archiver.Web.Shell.ShellWords;

namespace Archiver.Web.Shell.Language;

/// <summary>The words that MudBlazor's own components say, such as the name of the button that closes a message.</summary>
internal sealed class MudTexts : MudLocalizer
{
    /// <inheritdoc/>
    public override LocalizedString this[string key] => Find(key) is { } text ? new(key, text) : new(key, key, resourceNotFound: true);

    // Those of the components that the dashboard has. MudBlazor has its own English for every one.
    private static string? Find(string key) => key switch
    {
        "MudAlert_Close" or "MudChip_Close" or "MudDialog_Close" or "MudSnackbar_Close" => L["Close"],
        "MudInput_Clear" => L["Clear"],
        "MudInput_Increment" => L["Increase"],
        "MudInput_Decrement" => L["Decrease"],
        "MudFormComponent_Required" => L["Required"],
        "Converter_InvalidNumber" => L["Not a number"],
        "Converter_InvalidDateTime" => L["Not a date"],
        "MudSelect_SelectAll" => L["Select all"],
        "MudBaseDatePicker_Open" => L["Choose a date"],
        "MudBaseDatePicker_NextMonth" => L["Next month"],
        "MudBaseDatePicker_PrevMonth" => L["Previous month"],
        "MudBaseDatePicker_NextYear" => L["Next year"],
        "MudBaseDatePicker_PrevYear" => L["Previous year"],
        "MudTable_Loading" or "MudDataGrid_Loading" => L["Loading …"],
        _ => null,
    };
}
