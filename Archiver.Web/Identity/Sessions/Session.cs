namespace Archiver.Web.Identity.Sessions;

/// <summary>One person's stay, from signing in to signing out.</summary>
internal sealed record Session
{
    /// <summary>Its name: the hash of what the cookie holds.</summary>
    public required string Key { get; init; }

    /// <summary>Who signed in, with the roles that they have now.</summary>
    public required Person Self { get; init; }

    /// <summary>Whom they act as, for trying things out; nothing for themselves.</summary>
    public Person? ActingAs { get; init; }

    /// <summary>Who is taken to be there.</summary>
    public Person Person => ActingAs ?? Self;

    /// <summary>The address that they signed in from.</summary>
    public string? Address { get; init; }

    /// <summary>When they signed in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When they were here last, to within a minute.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When it ends, however much it is used.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The provider's tokens, sealed; nothing where there is no provider.</summary>
    public string? Tokens { get; init; }

    /// <summary>Until when the provider vouched for it last.</summary>
    public DateTimeOffset? VouchedUntil { get; init; }

    /// <summary>When the provider vouched for it last.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Keeps the tokens out of whatever prints this.</summary>
    public override string ToString() => $"a session of {Self.Id}";

    /// <summary>Whether it holds at a moment.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="idle">After how long without use it ends.</param>
    public bool HoldsAt(DateTimeOffset now, TimeSpan idle) => now < ExpiresAt && now - SeenAt < idle;
}
