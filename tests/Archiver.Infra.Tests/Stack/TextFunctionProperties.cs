using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.Stack;

public sealed class TextFunctionProperties
{
    [Property(MaxTest = 60)]
    public void Split_OfJoin_GivesTheItemsBack(NonEmptyArray<NonNull<string>> items)
    {
        // The delimiter must not be in an item, and YAML in double quotes takes JSON's escapes.
        string[] texts = [.. items.Get.Select(item => Clean(item.Get).Replace("|", "", StringComparison.Ordinal))];
        string list = JsonSerializer.Serialize(texts);

        JsonNode? result = TemplateText.Evaluate($"!Split ['|', !Join ['|', {list}]]");

        Assert.Equal(list, JsonSerializer.Serialize(result));
    }

    [Property(MaxTest = 60)]
    public void Select_OfSplit_GivesTheItem(NonEmptyArray<NonNull<string>> items, NonNegativeInt index)
    {
        string[] texts = [.. items.Get.Select(item => Clean(item.Get).Replace("|", "", StringComparison.Ordinal))];
        int i = index.Get % texts.Length;

        Assert.Equal(texts[i], TemplateText.Evaluate($"!Select [{i}, !Split ['|', {JsonSerializer.Serialize(string.Join('|', texts))}]]")!.GetValue<string>());
    }

    [Property(MaxTest = 60)]
    public void Sub_OfAnyTextAsAVariable_GivesTheTextUnchanged(NonNull<string> text)
    {
        string value = Clean(text.Get);

        Assert.Equal($"<{value}>", TemplateText.Evaluate($"!Sub ['<${{V}}>', {{V: {JsonSerializer.Serialize(value)}}}]")!.GetValue<string>());
    }

    [Property(MaxTest = 60)]
    public void Sub_OfTextWhosePlaceholdersAreEscaped_GivesTheTextUnchanged(NonNull<string> text)
    {
        string value = Clean(text.Get) + "${Name}";
        string escaped = value.Replace("${", "${!", StringComparison.Ordinal);
        if (escaped.IndexOf("${!", StringComparison.Ordinal) != escaped.LastIndexOf("${!", StringComparison.Ordinal))
            return; // an unclosed one before it would swallow the next: that it is literal is tested by itself

        Assert.Equal(value, TemplateText.Evaluate($"!Sub {JsonSerializer.Serialize(escaped)}")!.GetValue<string>());
    }

    /// <summary>Lone surrogates are no text that a file can hold.</summary>
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune != System.Text.Rune.ReplacementChar));
}
