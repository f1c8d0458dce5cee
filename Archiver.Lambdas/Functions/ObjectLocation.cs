namespace Archiver.Lambdas.Functions;

/// <summary>Where an object is; its text is how a message for a person names it.</summary>
internal readonly record struct ObjectLocation(string Bucket, string Key, string? VersionId = null)
{
    /// <inheritdoc/>
    public override string ToString() => VersionId is null
        ? $"“{Key}” in the bucket “{Bucket}”"
        : $"version “{VersionId}” of “{Key}” in the bucket “{Bucket}”";
}
