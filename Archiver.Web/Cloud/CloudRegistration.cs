using Amazon.DynamoDBv2;
using Amazon.S3;
using Amazon.SQS;
using Amazon.StepFunctions;

namespace Archiver.Web.Cloud;

/// <summary>Registers what the features talk to the cloud with.</summary>
internal static class CloudRegistration
{
    /// <summary>Adds the SDK's clients, the stack's names and the clock.</summary>
    public static IServiceCollection AddCloud(this IServiceCollection services, CloudConnection cloud)
    {
        services.AddSingleton(cloud.Resources);
        services.AddSingleton(TimeProvider.System);
        services.AddDefaultAWSOptions(cloud.Options);
        services.AddAWSService<IAmazonSQS>();
        services.AddAWSService<IAmazonDynamoDB>();
        services.AddAWSService<IAmazonStepFunctions>();
        services.AddSingleton<IAmazonS3>(_ => CreateS3(cloud));
        return services;
    }

    // Buckets are addressed by path: a bucket's name is no host name on a loopback endpoint.
    private static IAmazonS3 CreateS3(CloudConnection cloud)
    {
        if (cloud.Mode == CloudMode.Aws) return cloud.Options.CreateServiceClient<IAmazonS3>();
        AmazonS3Config config = new()
        {
            ServiceURL = cloud.Options.DefaultClientConfig.ServiceURL,
            AuthenticationRegion = cloud.Options.DefaultClientConfig.AuthenticationRegion,
            ForcePathStyle = true,
        };
        return new AmazonS3Client(cloud.Options.Credentials, config);
    }
}
