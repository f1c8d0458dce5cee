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

    private static ApprovalsOptionsReader Reader(params (string Name, string Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(one => $"Approvals:{one.Name}", one => (string?)one.Value)).Build());
}
