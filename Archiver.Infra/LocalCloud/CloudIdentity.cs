namespace Archiver.Infra.LocalCloud;

/// <summary>
/// The account, region and partition that the local cloud plays. A request may be signed for any region and with any
/// key; the names in the answers are always these.
/// </summary>
/// <param name="AccountId">Twelve digits.</param>
/// <param name="Region">A region's code, such as <c>us-east-1</c>.</param>
/// <param name="Partition">The partition, <c>aws</c>.</param>
public sealed record CloudIdentity(string AccountId = "000000000000", string Region = "us-east-1", string Partition = "aws")
{
    /// <summary>Builds an Amazon Resource Name of this account and region.</summary>
    /// <param name="service">The service's namespace, such as <c>states</c>.</param>
    /// <param name="resource">What follows the account, such as <c>stateMachine:orders</c>.</param>
    /// <returns><c>arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE</c>.</returns>
    public string Arn(string service, string resource) => $"arn:{Partition}:{service}:{Region}:{AccountId}:{resource}";
}
