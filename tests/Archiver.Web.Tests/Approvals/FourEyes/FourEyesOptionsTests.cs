using Archiver.Web.Approvals.FourEyes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Tests.Approvals.FourEyes;

public sealed class FourEyesOptionsTests
{
    [Fact]
    public void Configure_NothingGiven_LetsOnePersonDecideOnWhatTheyStarted()
    {
        FourEyesOptions options = Configure();

        Assert.Equal((false, 60), (options.StarterMayNotDecide, options.ClaimMinutes));
        Assert.Empty(options.Rules);
        Assert.True(Reader().Validate(null, new()).Succeeded);
    }

    [Fact]
    public void Configure_WhatIsGiven_IsTaken()
    {
        (string, string)[] settings =
        [
            ("StarterMayNotDecide", "True"), ("ClaimMinutes", "0"),
            ("Rules:0:Approvals", "2"), ("Rules:0:Recommendation", "Archived"),
            ("Rules:1:Approvals", "3"), ("Rules:1:MinSizeBytes", "1000000000"), ("Rules:1:Prefix", "legal/"),
        ];

        FourEyesOptions options = Configure(settings);

        Assert.Equal((true, 0), (options.StarterMayNotDecide, options.ClaimMinutes));
        Assert.Equal([new QuorumRule(2, "Archived"), new QuorumRule(3, null, 1_000_000_000, "legal/")], options.Rules);
        Assert.True(Reader(settings).Validate(null, new()).Succeeded);
    }

    [Fact]
    public void Validate_SeveralThatAreWrong_NamesEachByItsKey()
    {
        ValidateOptionsResult result = Reader(
            ("StarterMayNotDecide", "maybe"), ("ClaimMinutes", "-1"), ("StarterMayNotDecied", "true"),
            ("Rules:0:Recommendation", "Archived"),
            ("Rules:1:Approvals", "11"), ("Rules:1:MinSizeBytes", "1 GB"), ("Rules:1:Prefix", ""),
            ("Rules:2:Approvals", "2"), ("Rules:2:MinSze", "5")).Validate(null, new());

        Assert.Equal(
            [
                "Approvals:FourEyes:ClaimMinutes is '-1'; it is a whole number from 0 to 10080.",
                "Approvals:FourEyes:Rules:0:Approvals is missing; it is a whole number from 1 to 10.",
                "Approvals:FourEyes:Rules:1:Approvals is '11'; it is a whole number from 1 to 10.",
                "Approvals:FourEyes:Rules:1:MinSizeBytes is '1 GB'; it is a whole number from 0 to 54975581388800.",
                "Approvals:FourEyes:Rules:1:Prefix is empty; leave it out where it does not matter.",
                "Approvals:FourEyes:Rules:2:MinSze is no setting; there are Approvals, Recommendation, MinSizeBytes, Prefix.",
                "Approvals:FourEyes:StarterMayNotDecide is 'maybe'; it is true or false.",
                "Approvals:FourEyes:StarterMayNotDecied is no setting; there are StarterMayNotDecide, ClaimMinutes, Rules.",
            ],
            result.Failures!.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Validate_RulesThatAreNoList_SaysHowTheyAreWritten() => Assert.Contains(
        "Approvals:FourEyes:Rules:0:Approvals", Assert.Single(Reader(("Rules", "2")).Validate(null, new()).Failures!), StringComparison.Ordinal);

    private static FourEyesOptions Configure(params (string Name, string Value)[] settings)
    {
        FourEyesOptions options = new();
        Reader(settings).Configure(options);
        return options;
    }

    private static FourEyesOptionsReader Reader(params (string Name, string Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(one => $"Approvals:FourEyes:{one.Name}", one => (string?)one.Value)).Build());
}
