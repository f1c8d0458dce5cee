using System.Globalization;

namespace Archiver.Web.Audit.Chain;

/// <summary>What a look at a chain found.</summary>
internal abstract record ChainFinding
{
    private ChainFinding() { }

    /// <summary>What was found, a sentence or two.</summary>
    public abstract string Sentence { get; }

    /// <summary>Every entry stands where and as it was written, as far as the chain goes.</summary>
    /// <param name="First">The first entry that was looked at; 0 where there is none.</param>
    /// <param name="Head">The last one.</param>
    /// <param name="KeyedFrom">The first entry that is hashed with the key; nothing where none is.</param>
    public sealed record Intact(long First, AuditHead Head, long? KeyedFrom) : ChainFinding
    {
        /// <inheritdoc/>
        public override string Sentence => First == 0 ? "The audit trail has no entries." : $"The chain is intact: {Entries()}, head {Head}.{Keyed()}";

        private string Entries() => First == 1
            ? string.Create(CultureInfo.InvariantCulture, $"entries 1 to {Head.Sequence}")
            : string.Create(CultureInfo.InvariantCulture, $"entries {First} to {Head.Sequence} (what is before {First} is not in it)");

        private string Keyed() => KeyedFrom is not { } keyed
            ? ""
            : keyed == First
                ? " Every entry is hashed with the key."
                : string.Create(CultureInfo.InvariantCulture, $" Entries {First} to {keyed - 1} are from before the key, and plainly hashed.");
    }

    /// <summary>The chain does not hold.</summary>
    /// <param name="Sequence">The number of the entry at whose place it breaks first; 0 where a part of a chain is broken at its first link, which may lie.</param>
    /// <param name="Where">Where that is kept: a block of the table, a line of the file.</param>
    /// <param name="What">What is wrong, a clause.</param>
    public sealed record Broken(long Sequence, string Where, string What) : ChainFinding
    {
        /// <inheritdoc/>
        public override string Sentence => Sequence == 0
            ? $"The chain is broken at {Where}: {What}."
            : string.Create(CultureInfo.InvariantCulture, $"The chain is broken at entry {Sequence} ({Where}): {What}.");
    }

    /// <summary>Whether it holds can't be told.</summary>
    /// <param name="Because">Why, a sentence.</param>
    public sealed record Unknown(string Because) : ChainFinding
    {
        /// <inheritdoc/>
        public override string Sentence => Because;
    }
}
