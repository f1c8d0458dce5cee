using Archiver.Web.Shell.Settings;

namespace Archiver.Web.Approvals;

/// <summary>Reads the section <c>Approvals</c>.</summary>
internal sealed class ApprovalsOptionsReader(IConfiguration configuration) : WholeNumbersReader<ApprovalsOptions>(configuration, ApprovalsOptions.Section,
[
    new(nameof(ApprovalsOptions.UndoSeconds), 0, 300, (options, value) => options.UndoSeconds = value),
    new(nameof(ApprovalsOptions.RetentionDays), 1, 3650, (options, value) => options.RetentionDays = value),
    new(nameof(ApprovalsOptions.Receivers), 1, 32, (options, value) => options.Receivers = value),
    new(nameof(ApprovalsOptions.SendsPerSecond), 1, 10_000, (options, value) => options.SendsPerSecond = value),
]);
