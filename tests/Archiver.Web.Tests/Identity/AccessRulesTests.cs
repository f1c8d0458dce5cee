using Archiver.Web.Identity.Access;

namespace Archiver.Web.Tests.Identity;

public sealed class AccessRulesTests
{
    [Fact]
    public void RolesFor_EveryOperation_HasARule() =>
        Assert.All(Enum.GetValues<Operation>(), operation => Assert.NotNull(AccessRules.RolesFor(operation)));

    [Fact]
    public void Allows_WithoutARole_OnlyToSignInAndOutAndToComeBackToOneself() => Assert.Equal(
        [Operation.SignIn, Operation.SignOut, Operation.ActAs], Enum.GetValues<Operation>().Where(operation => AccessRules.Allows(operation, new HashSet<Role>())));

    [Theory]
    [InlineData(Role.Viewer, Operation.ReadApprovals, true)]
    [InlineData(Role.Viewer, Operation.Decide, false)]
    [InlineData(Role.Viewer, Operation.StartRun, false)]
    [InlineData(Role.Reviewer, Operation.Decide, true)]
    [InlineData(Role.Reviewer, Operation.UndoDecision, true)]
    [InlineData(Role.Reviewer, Operation.StartRun, false)]
    [InlineData(Role.Reviewer, Operation.ReassignApproval, false)]
    [InlineData(Role.Operator, Operation.Decide, false)]
    [InlineData(Role.Operator, Operation.StartRun, true)]
    [InlineData(Role.Operator, Operation.StopRun, true)]
    [InlineData(Role.Operator, Operation.RedriveRun, true)]
    [InlineData(Role.Operator, Operation.ClearResults, true)]
    public void Allows_ARole_WhatItIsFor(Role role, Operation operation, bool allowed) =>
        Assert.Equal(allowed, AccessRules.Allows(operation, new HashSet<Role> { role }));
}
