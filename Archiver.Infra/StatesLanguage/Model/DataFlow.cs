using Archiver.Infra.StatesLanguage.Data;

namespace Archiver.Infra.StatesLanguage.Model;

/// <summary>
/// How data goes through a state. Each path is <c>null</c> in the definition (here: nothing) where data is discarded.
/// https://states-language.net/spec.html#filters
/// </summary>
internal sealed record DataFlow
{
    private static readonly JsonPath s_all = new("$", false, []);

    /// <summary>Everything goes through as it is.</summary>
    public static readonly DataFlow Default = new();

    /// <summary>The part of the raw input that the state works on; nothing stands for an empty object.</summary>
    public JsonPath? InputPath { get; init; } = s_all;

    /// <summary>What the state's effective input is made of.</summary>
    public PayloadTemplate? Parameters { get; init; }

    /// <summary>What the result is made into.</summary>
    public PayloadTemplate? ResultSelector { get; init; }

    /// <summary>The result is discarded: the raw input is the output.</summary>
    public bool DiscardsResult { get; init; }

    /// <summary>Where in the raw input the result is put; nothing where it replaces the input.</summary>
    public ReferencePath? ResultPath { get; init; }

    /// <summary>The part of that which is the output; nothing stands for an empty object.</summary>
    public JsonPath? OutputPath { get; init; } = s_all;
}
