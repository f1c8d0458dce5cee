using Microsoft.AspNetCore.Authorization;

namespace Archiver.Web.Identity.Access;

/// <summary>The policies of pages and endpoints: one for each operation, made of <see cref="AccessRules"/>, and what holds where none is named.</summary>
internal static class AccessPolicies
{
    /// <summary>Somebody signed in, whatever they may do: a circuit, which tells those without a role that they have none.</summary>
    public const string SignedIn = "signed-in";

    public static IServiceCollection AddAccessPolicies(this IServiceCollection services)
    {
        AuthorizationBuilder policies = services.AddAuthorizationBuilder();
        foreach (Operation operation in Enum.GetValues<Operation>())
        {
            policies.AddPolicy(AllowAttribute.PolicyOf(operation), policy => policy.RequireAssertion(
                context => PersonClaims.PersonOf(context.User)?.May(operation) == true));
        }
        policies.AddPolicy(SignedIn, policy => policy.RequireAssertion(context => PersonClaims.PersonOf(context.User) is not null));
        policies.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(context => PersonClaims.PersonOf(context.User)?.Roles.Count > 0).Build());
        policies.SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAssertion(context => PersonClaims.PersonOf(context.User)?.Roles.Count > 0).Build());
        return services;
    }

    /// <summary>Names the operation that an endpoint is: whoever may not do it does not get there.</summary>
    public static TBuilder RequireOperation<TBuilder>(this TBuilder endpoint, Operation operation) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AllowAttribute(operation));
}
