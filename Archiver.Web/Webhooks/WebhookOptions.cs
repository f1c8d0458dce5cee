namespace Archiver.Web.Webhooks;

/// <summary>What a webhook can be told of.</summary>
internal enum WebhookEvent
{
    /// <summary>A workflow asks a person.</summary>
    Asked,

    /// <summary>A run was told what a person decided.</summary>
    Decided,
}

/// <summary>Somebody who wants to be told.</summary>
/// <param name="Number">Its number in the settings.</param>
/// <param name="Url">Where to post to.</param>
/// <param name="Secret">The key of its signatures.</param>
/// <param name="Events">What it wants to be told of.</param>
internal sealed record Webhook(int Number, Uri Url, ReadOnlyMemory<byte> Secret, IReadOnlySet<WebhookEvent> Events)
{
    /// <summary>What it is called in queues, logs and the health data: a name that gives neither the address nor the secret away, and stays when the settings are put in another order.</summary>
    public string Name { get; } = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Url.AbsoluteUri)))[..12];

    /// <summary>Keeps address and secret out of whatever prints this.</summary>
    public override string ToString() => $"webhook {Number} ({Name})";
}

/// <summary>The section <c>Webhooks</c> of the settings; <see cref="WebhookOptionsReader"/> has what each may be.</summary>
internal sealed class WebhookOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Webhooks";

    /// <summary>The dashboard's address as people know it, for links; without it links have no host.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Who wants to be told.</summary>
    public IReadOnlyList<Webhook> All { get; set; } = [];
}
