using System.Text.Json;
using Archiver.Web.Audit;
using Archiver.Web.Audit.Chain;
using FsCheck.Xunit;

namespace Archiver.Web.Tests.Audit;

public sealed class CanonicalEntryTests
{
    [Fact]
    public void Write_AnEntry_IsTheOneFormThatIsDocumented() => Assert.Equal(
        """{"sequence":7,"at":"2026-03-01T14:02:00.000Z","attempt":"attempt-a","phase":"Done","operation":"Decide","by":{"id":"test|Ann","name":"Ann","roles":["Reviewer"]},"from":"127.0.0.1","on":{"kind":"approval","id":"a","version":"3","name":"a.pdf"},"detail":"Said \u003Ca\u003E \u0026 \u0022more\u0022, \u65E5\u672C \t\uD83D\uDE42","key":null}""",
        CanonicalEntry.Write(7, Chains.Entry(), null));

    [Fact]
    public void Write_WhatIsNotKnown_IsNull()
    {
        AuditEntry entry = Chains.Entry() with { From = null, Detail = null, By = AuditActor.Of(null), On = new AuditSubject("results") };

        string text = CanonicalEntry.Write(1, entry, "ab12");

        Assert.Contains("""
            "by":{"id":"","name":"","roles":[]},"from":null,"on":{"kind":"results","id":"","version":null,"name":null},"detail":null,"key":"ab12"}
            """, text, StringComparison.Ordinal);
        Assert.True(CanonicalEntry.TryRead(text, out AuditRecord? record));
        Assert.Equal((null, "ab12", "", new AuditSubject("results")), (record.From, record.Key, record.PersonId, record.On));
    }

    [Property(MaxTest = 200)]
    public bool TryRead_WhateverWasWritten_GivesItBack(string? id, string? name, string? detail, string? from)
    {
        AuditEntry entry = AuditText.Fit(Chains.Entry() with { Detail = detail, From = from, On = new AuditSubject(name ?? "", id ?? "", id, name) });
        string text = CanonicalEntry.Write(1, entry, null);
        return text.All(char.IsAscii) && !text.Any(char.IsControl)
            && CanonicalEntry.TryRead(text, out AuditRecord? record)
            && (record.On, record.Detail, record.From, record.At) == (WholeOn(entry.On), Whole(entry.Detail), Whole(entry.From), entry.At);

        // Half of a surrogate pair is no character, and is written as one that says so.
        static string? Whole(string? text) => text is null ? null : JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(text));

        AuditSubject WholeOn(AuditSubject on) => new(Whole(on.Kind)!, Whole(on.Id)!, Whole(on.Version), Whole(on.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"sequence":"1"}""")]
    public void TryRead_NoEntry_IsNone(string text) => Assert.False(CanonicalEntry.TryRead(text, out _));

    [Fact]
    public void Fit_LongTexts_AreCutAndMarked()
    {
        string word = string.Concat(Enumerable.Repeat("word ", 2000));

        AuditEntry entry = AuditText.Fit(Chains.Entry() with
        {
            Attempt = word, From = word, Detail = word, By = new AuditActor(word, word, []), On = new AuditSubject(word, word, word, word),
        });

        string[] texts = [entry.Attempt, entry.From!, entry.Detail!, entry.By.Id, entry.By.Name, entry.On.Kind, entry.On.Id, entry.On.Version!, entry.On.Name!];
        Assert.All(texts, text =>
        {
            Assert.EndsWith(AuditText.Mark, text, StringComparison.Ordinal);
            Assert.InRange(text.Length, 200, AuditText.LongestDetail);
        });
    }

    [Fact]
    public void Fit_ACutThroughACharacter_LeavesItOut()
    {
        AuditEntry entry = AuditText.Fit(Chains.Entry() with { From = "x" + string.Concat(Enumerable.Repeat("🙂", 500)) });

        Assert.DoesNotContain("\\uFFFD", CanonicalEntry.Write(1, entry, null), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_ATaskTokenInADetail_IsHidden()
    {
        string token = string.Concat(Enumerable.Repeat("AQCgAAAAKgAAAAMAAAAAAAAAAb", 12));

        AuditEntry entry = AuditText.Fit(Chains.Entry() with { Detail = $"No task waits with {token}." });

        Assert.DoesNotContain(token[..60], entry.Detail, StringComparison.Ordinal);
        Assert.StartsWith("No task waits with ", entry.Detail, StringComparison.Ordinal);
    }
}
