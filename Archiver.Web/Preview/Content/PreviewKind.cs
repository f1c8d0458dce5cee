namespace Archiver.Web.Preview.Content;

/// <summary>How a file is shown.</summary>
internal enum PreviewKind
{
    /// <summary>There is nothing in it.</summary>
    Empty,

    /// <summary>As a picture.</summary>
    Image,

    /// <summary>As a picture of shapes, which could have script in it: never but in an image's element, where none runs.</summary>
    Svg,

    /// <summary>In the browser's viewer, disarmed.</summary>
    Pdf,

    /// <summary>As a list of what is in it.</summary>
    Zip,

    /// <summary>As a list of what is in it.</summary>
    Gzip,

    /// <summary>As a list of what is in it.</summary>
    Tar,

    /// <summary>As text, in one of its forms.</summary>
    Text,

    /// <summary>As bytes.</summary>
    Binary,
}

/// <summary>What a file is, by its content.</summary>
/// <param name="Kind">How it is shown.</param>
/// <param name="Label">What it is to a person, such as <c>PNG image</c>.</param>
/// <param name="MediaType">What the browser is told that it is; nothing where it gets no file.</param>
internal sealed record PreviewType(PreviewKind Kind, string Label, string? MediaType = null);
