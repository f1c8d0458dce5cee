using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Quality;

/// <summary>Checks that a file's content begins as the extension of its name says.</summary>
internal static class TypeCheck
{
    /// <summary>The check's name.</summary>
    public const string Name = "Type";

    /// <summary>Makes the check. A name without an extension, or with one that has no known signature, says nothing that could be wrong.</summary>
    public static FileCheck Of(string fileName, ReadOnlySpan<byte> head)
    {
        string extension = ContentKinds.Extension(fileName);
        if (extension.Length == 0)
            return new FileCheck(Name, true, "The name has no extension, so that its content was not compared with one.");

        IReadOnlyList<ContentKind> claimed = ContentKinds.Of(extension);
        if (claimed.Count == 0)
            return new FileCheck(Name, true, $"There is no known signature for “.{extension}” files, so that the content was not compared with one.");

        foreach (ContentKind kind in claimed)
        {
            if (kind.Matches(head))
                return new FileCheck(Name, true, $"The content begins like {kind.Name}, as “.{extension}” says.");
        }

        string found = ContentKinds.Detect(head, fileName) is { } actual ? $"it begins like {actual.Name}" : "it does not begin like one";
        return new FileCheck(Name, false, $"The extension “.{extension}” says that the content is {claimed[0].Name}, but {found}.");
    }
}
