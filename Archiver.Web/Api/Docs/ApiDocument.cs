using System.Globalization;
using System.Text.Json.Nodes;
using Archiver.Web.Api.Answers;
using Archiver.Web.Api.Idempotency;
using Archiver.Web.Api.Requests;
using Archiver.Web.Identity.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Archiver.Web.Api.Docs;

/// <summary>The OpenAPI document: of every operation what its <see cref="ApiOperation"/> says, and what holds for all.</summary>
internal static class ApiDocument
{
    /// <summary>The document's address.</summary>
    public const string Address = "/api/v1/openapi.json";

    private const string Name = "v1";
    private const string Bearer = "bearer";
    private const string ProblemSchema = "Problem";

    private static readonly ApiProblem[] OfAll = [ApiProblem.Invalid, ApiProblem.Unauthenticated, ApiProblem.Forbidden, ApiProblem.TooMany, ApiProblem.Internal, ApiProblem.Cloud];
    private static readonly ApiProblem[] OfCommands = [ApiProblem.TooLarge, ApiProblem.NotJson, ApiProblem.UnderWay, ApiProblem.KeyReused, ApiProblem.NotRecorded];

    public static void AddApiDocument(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            foreach (System.Text.Json.Serialization.JsonConverter converter in ApiAnswer.Format.Converters.OfType<System.Text.Json.Serialization.JsonStringEnumConverter>())
                options.SerializerOptions.Converters.Add(converter);
        });
        services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().Any();
            options.AddDocumentTransformer((document, _, _) =>
            {
                Describe(document);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(DescribeAsync);
            options.AddSchemaTransformer((schema, context, _) =>
            {
                // What can be nothing is left out where it is.
                foreach (System.Text.Json.Serialization.Metadata.JsonPropertyInfo property in context.JsonTypeInfo.Properties.Where(property => property.IsGetNullable)) schema.Required?.Remove(property.Name);
                return Task.CompletedTask;
            });
        });
    }

    /// <summary>Maps the document.</summary>
    public static IEndpointConventionBuilder MapDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi(Address);

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Archiver",
            Version = Name,
            Description = """
                Approvals, decisions, runs and results for programs: the same rules and the same record as on the dashboard's pages.

                Every request has a bearer token of the sign-in provider; a dashboard without a provider makes tokens for an hour on its page `/api`.
                A command with an `Idempotency-Key` is carried out once: the same request again has the same answer for a day, with the header `Idempotency-Replayed`.
                Whatever goes wrong is answered with problem details (RFC 9457); their `type` tells programs which. Unknown members and parameters are refused.
                """,
        };
        document.Servers = [];
        // The framework adds one for each class that has endpoints.
        document.Tags = new HashSet<OpenApiTag> { new() { Name = "Approvals" }, new() { Name = "Runs" }, new() { Name = "Results" } };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of the provider, or of the page /api where there is none." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[ProblemSchema] = Problem();
    }

    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A problem (RFC 9457). Some kinds have more members, such as `decision` and `version`.",
        Required = new HashSet<string> { "type", "title", "status", "detail" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Which kind it is; it stays, whatever the sentences."),
            ["title"] = Text("The kind, in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
            ["detail"] = Text("What it is this time."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "The fields that are not what they can be, each with why.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text(null) },
            },
        },
        AdditionalPropertiesAllowed = true,
    };

    private static OpenApiSchema Text(string? description) => new() { Type = JsonSchemaType.String, Description = description };

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        ApiOperation about = metadata.OfType<ApiOperation>().Single();
        bool isCommand = context.Description.HttpMethod != HttpMethods.Get;
        string roles = string.Join(", ", AccessRules.RolesFor(metadata.OfType<AllowAttribute>().Single().Operation));
        operation.OperationId = about.Id;
        operation.Summary = about.Summary;
        operation.Description = $"{about.Description}\n\nTakes one of the roles: {roles}.".TrimStart();
        operation.Tags = new HashSet<OpenApiTagReference> { new(about.Tag, context.Document) };
        operation.Parameters = [.. about.Parameters.Select(Parameter)];
        if (isCommand) operation.Parameters.Add(Key());
        if (about.Body is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ApiAnswer.Json] = new() { Schema = await context.GetOrCreateSchemaAsync(body, null, cancellationToken), Example = about.BodyExample is { } example ? JsonNode.Parse(example) : null },
                },
            };
        }
        operation.Responses = [];
        foreach (int status in about.Others.Prepend(about.Status))
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = status == StatusCodes.Status202Accepted ? "It counts, and it takes more." : "It is done.",
                Content = new Dictionary<string, OpenApiMediaType> { [ApiAnswer.Json] = new() { Schema = await context.GetOrCreateSchemaAsync(about.Answer, null, cancellationToken) } },
            };
        }
        ApiProblem[] problems = [.. OfAll, .. isCommand ? OfCommands : [], .. about.Problems];
        foreach (IGrouping<int, ApiProblem> status in problems.Distinct().GroupBy(problem => problem.Status).OrderBy(group => group.Key))
            operation.Responses[status.Key.ToString(CultureInfo.InvariantCulture)] = Response([.. status], context.Document!);
    }

    private static OpenApiResponse Response(IReadOnlyList<ApiProblem> problems, OpenApiDocument document) => new()
    {
        Description = string.Join(' ', problems.Select(problem => $"{problem.Title} (`{problem.Type}`)")),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [ApiAnswer.ProblemJson] = new()
            {
                Schema = new OpenApiSchemaReference(ProblemSchema, document),
                Example = new JsonObject { ["type"] = problems[0].Type, ["title"] = problems[0].Title, ["status"] = problems[0].Status, ["detail"] = "A sentence on what it is this time." },
            },
        },
    };

    private static OpenApiParameter Parameter(ApiParameter parameter) => new()
    {
        Name = parameter.Name,
        In = parameter.Place == ParameterPlace.Path ? ParameterLocation.Path : ParameterLocation.Query,
        Description = parameter.Description,
        Required = parameter.IsRequired,
        Schema = new OpenApiSchema
        {
            Type = parameter.Range is null ? JsonSchemaType.String : JsonSchemaType.Integer,
            MaxLength = parameter.Range is null ? parameter.Longest : null,
            Minimum = parameter.Range?.Least.ToString(CultureInfo.InvariantCulture),
            Maximum = parameter.Range?.Most.ToString(CultureInfo.InvariantCulture),
            Enum = parameter.Choice is { } choice ? [.. choice.Select(word => (JsonNode)word)] : null,
            Default = parameter.Default is not { } normal ? null : parameter.Range is null ? JsonValue.Create(normal) : JsonValue.Create(int.Parse(normal, CultureInfo.InvariantCulture)),
        },
    };

    private static OpenApiParameter Key() => new()
    {
        Name = OnceOnly.Header,
        In = ParameterLocation.Header,
        Description = "Any word of the caller's for this one request: however often it is sent, it is carried out once.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = OnceOnly.LongestKey },
    };
}
