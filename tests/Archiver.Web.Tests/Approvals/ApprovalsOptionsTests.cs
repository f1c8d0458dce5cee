using Archiver.Web.Approvals;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Tests.Approvals;

public sealed class ApprovalsOptionsTests
{
    [Fact]
    public void Configure_WhatIsGiven_IsTakenAndTheRestIsTheDefault()
    {
        ApprovalsOptions options = new();

        Reader(("UndoSeconds", "0"), ("RetentionDays", "7")).Configure(options);

        Assert.Equal((0, 7, 4, 300), (options.UndoSeconds, options.RetentionDays, options.Receivers, options.SendsPerSecond));
    }

    [Fact]
    public void Validate_SeveralThatAreWrong_NamesEachByItsKey()
    {
        ValidateOptionsResult result = Reader(("UndoSeconds", "-1"), ("RetentionDays", "soon"), ("Receivers", "33"), ("SendsPerSecond", "1e3")).Validate(null, new());

        Assert.Equal(
            [
                "Approvals:UndoSeconds is '-1'; it is a whole number from 0 to 300.",
                "Approvals:RetentionDays is 'soon'; it is a whole number from 1 to 3650.",
                "Approvals:Receivers is '33'; it is a whole number from 1 to 32.",
                "Approvals:SendsPerSecond is '1e3'; it is a whole number from 1 to 10000.",
            ],
            result.Failures);
    }

    [Fact]
    public void Validate_NothingGiven_IsRight() => Assert.True(Reader().Validate(null, new()).Succeeded);

    [Fact]
    public void DenyReasons_Given_TakeThePlaceOfTheDefaults()
    {
        ApprovalsOptions options = new();
        Reasons().Configure(options);
        Assert.Equal("Not the final version", options.DenyReasons[0]);

        Reasons(" Too old ", "Too new").Configure(options);

        Assert.Equal(["Too old", "Too new"], options.DenyReasons);
        Assert.True(Reasons("Too old", "Too new").Validate(null, options).Succeeded);
        Assert.True(Reasons().Validate(null, options).Succeeded);
    }

    [Fact]
    public void DenyReasons_ThatAreWrong_AreAllNamedByTheirKeys()
    {
        Assert.Equal(
            [
                "Approvals:DenyReasons:0 is a text of 1 to 200 characters.",
                "Approvals:DenyReasons:2 is there twice: 'Too old'.",
                "Approvals:DenyReasons:3 is a text of 1 to 200 characters.",
            ],
            Reasons(" ", "Too old", "Too old", new string('a', 201)).Validate(null, new()).Failures);
        Assert.Equal(
            ["Approvals:DenyReasons has 10 reasons; it has 9 at most."],
            Reasons([.. Enumerable.Range(0, 10).Select(number => $"Reason {number}")]).Validate(null, new()).Failures);
    }

    private static DenyReasonsReader Reasons(params string[] reasons) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(reasons.Select((reason, number) => KeyValuePair.Create($"Approvals:DenyReasons:{number}", (string?)reason))).Build());

    private static ApprovalsOptionsReader Reader(params (string Name, string Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(one => $"Approvals:{one.Name}", one => (string?)one.Value)).Build());
}
