using System.Net;
using Amazon.Runtime;
using Amazon.StepFunctions.Model;
using Amazon.StepFunctions.Tests.Wire;

namespace Amazon.StepFunctions.Tests;

/// <summary>
/// Which exception an error of the service becomes: the service's model says which errors an operation has, and its API
/// reference the same in prose.
/// </summary>
public sealed class ErrorTests
{
    private const string Kms = "KmsAccessDeniedException KmsInvalidStateException KmsThrottlingException";

    private static readonly Dictionary<string, string> _errors = new()
    {
        ["StartExecution"] = "ExecutionLimitExceeded ExecutionAlreadyExists InvalidArn InvalidExecutionInput InvalidName "
            + $"StateMachineDoesNotExist StateMachineDeleting ValidationException {Kms}",
        ["StartSyncExecution"] = "InvalidArn InvalidExecutionInput InvalidName StateMachineDoesNotExist StateMachineDeleting "
            + $"StateMachineTypeNotSupported {Kms}",
        ["DescribeExecution"] = $"ExecutionDoesNotExist InvalidArn {Kms}",
        ["ListExecutions"] =
            "InvalidArn InvalidToken StateMachineDoesNotExist StateMachineTypeNotSupported ValidationException ResourceNotFound",
        ["GetExecutionHistory"] = $"ExecutionDoesNotExist InvalidArn InvalidToken {Kms}",
        ["StopExecution"] = $"ExecutionDoesNotExist InvalidArn ValidationException {Kms}",
        ["RedriveExecution"] =
            "ExecutionDoesNotExist ExecutionNotRedrivable ExecutionLimitExceeded InvalidArn ValidationException",
        ["DescribeStateMachine"] = $"InvalidArn StateMachineDoesNotExist {Kms}",
        ["DescribeStateMachineForExecution"] = $"ExecutionDoesNotExist InvalidArn {Kms}",
        ["ListStateMachines"] = "InvalidToken",
        ["SendTaskSuccess"] = $"TaskDoesNotExist InvalidOutput InvalidToken TaskTimedOut {Kms}",
        ["SendTaskFailure"] = $"TaskDoesNotExist InvalidToken TaskTimedOut {Kms}",
        ["SendTaskHeartbeat"] = "TaskDoesNotExist InvalidToken TaskTimedOut",
    };

    private static readonly Dictionary<string, Type> _types = new()
    {
        ["ExecutionAlreadyExists"] = typeof(ExecutionAlreadyExistsException),
        ["ExecutionDoesNotExist"] = typeof(ExecutionDoesNotExistException),
        ["ExecutionLimitExceeded"] = typeof(ExecutionLimitExceededException),
        ["ExecutionNotRedrivable"] = typeof(ExecutionNotRedrivableException),
        ["InvalidArn"] = typeof(InvalidArnException),
        ["InvalidExecutionInput"] = typeof(InvalidExecutionInputException),
        ["InvalidName"] = typeof(InvalidNameException),
        ["InvalidOutput"] = typeof(InvalidOutputException),
        ["InvalidToken"] = typeof(InvalidTokenException),
        ["KmsAccessDeniedException"] = typeof(KmsAccessDeniedException),
        ["KmsInvalidStateException"] = typeof(KmsInvalidStateException),
        ["KmsThrottlingException"] = typeof(KmsThrottlingException),
        ["ResourceNotFound"] = typeof(ResourceNotFoundException),
        ["StateMachineDeleting"] = typeof(StateMachineDeletingException),
        ["StateMachineDoesNotExist"] = typeof(StateMachineDoesNotExistException),
        ["StateMachineTypeNotSupported"] = typeof(StateMachineTypeNotSupportedException),
        ["TaskDoesNotExist"] = typeof(TaskDoesNotExistException),
        ["TaskTimedOut"] = typeof(TaskTimedOutException),
        ["ValidationException"] = typeof(ValidationException),
    };

    public static TheoryData<string, string> Modeled =>
        [.. _errors.SelectMany(operation => operation.Value.Split(' ').Select(code => (operation.Key, code)))];

    public static TheoryData<string, string> Unmodeled =>
        [.. _errors.SelectMany(operation => _types.Keys.Except(operation.Value.Split(' ')).Select(code => (operation.Key, code)))];

    public static TheoryData<string> Operations => Calls.Names;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Modeled))]
    public async Task Call_ModeledError_IsItsType(string operation, string code)
    {
        var error = await RefusedAsync(operation, new FakeService().Refuses(code, "Because."));

        Assert.Equal(_types[code], error.GetType());
        Assert.Equal("Because.", error.Message);
        Assert.Equal(code, error.ErrorCode);
        Assert.Equal("request-1", error.RequestId);
        Assert.Equal(HttpStatusCode.BadRequest, error.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Unmodeled))]
    public async Task Call_ErrorOfAnotherOperation_IsTheBaseTypeWithItsCode(string operation, string code)
    {
        var error = await RefusedAsync(operation, new FakeService().Refuses(code));

        Assert.Equal(typeof(AmazonStepFunctionsException), error.GetType());
        Assert.Equal(code, error.ErrorCode);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Call_UnknownError_IsTheBaseTypeWithItsCode(string operation)
    {
        var service = new FakeService().Refuses("AccessDeniedException", "Not you.", HttpStatusCode.Forbidden);

        var error = await RefusedAsync(operation, service);

        Assert.Equal(typeof(AmazonStepFunctionsException), error.GetType());
        Assert.Equal("AccessDeniedException", error.ErrorCode);
        Assert.Equal("Not you.", error.Message);
        Assert.Equal(HttpStatusCode.Forbidden, error.StatusCode);
    }

    [Fact]
    public void Exceptions_OfThePackage_AreAllInTheTable()
    {
        var modeled = typeof(AmazonStepFunctionsClient).Assembly.GetExportedTypes()
            .Where(type => type.BaseType == typeof(AmazonStepFunctionsException));

        Assert.Superset(_types.Values.ToHashSet(), modeled.ToHashSet());
        Assert.Equal(_types.Keys.Order(), _errors.Values.SelectMany(codes => codes.Split(' ')).Distinct().Order());
    }

    [Theory]
    [InlineData("com.amazonaws.states#TaskTimedOut")]
    [InlineData("com.amazonaws.swf.service.v2.model#TaskTimedOut")]
    public async Task Call_CodeWithItsNamespace_IsItsType(string code)
    {
        var error = await RefusedAsync("SendTaskSuccess", new FakeService().Refuses(code));

        Assert.IsType<TaskTimedOutException>(error);
        Assert.Equal("TaskTimedOut", error.ErrorCode);
    }

    [Fact]
    public async Task Call_CodeInTheHeader_IsItsType()
    {
        var service = new FakeService().Answers(
            """{"Message":"Gone."}""",
            HttpStatusCode.BadRequest,
            ("x-amzn-ErrorType", "TaskDoesNotExist:http://internal.amazon.com/"));

        var error = await RefusedAsync("SendTaskHeartbeat", service);

        Assert.IsType<TaskDoesNotExistException>(error);
        Assert.Equal("Gone.", error.Message);
    }

    [Theory]
    [InlineData("DescribeExecution", "KmsInvalidStateException")]
    [InlineData("SendTaskSuccess", "TaskTimedOut")]
    public async Task Call_CodeInTheHeaderAndNoBody_IsItsType(string operation, string code)
    {
        var service = new FakeService().Answers("", HttpStatusCode.BadRequest, ("x-amzn-ErrorType", code));

        Assert.IsType(_types[code], await RefusedAsync(operation, service));
    }

    [Fact]
    public async Task Call_ValidationException_HasItsReason()
    {
        var service = new FakeService().Answers(
            """{"__type":"ValidationException","message":"m","reason":"MISSING_REQUIRED_PARAMETER"}""", HttpStatusCode.BadRequest);

        var error = Assert.IsType<ValidationException>(await RefusedAsync("StopExecution", service));

        Assert.Equal(ValidationExceptionReason.MISSING_REQUIRED_PARAMETER, error.Reason);
    }

    [Fact]
    public async Task Call_KmsInvalidStateException_HasTheStateOfTheKey()
    {
        var service = new FakeService().Answers(
            """{"kmsKeyState":"PENDING_DELETION","__type":"KmsInvalidStateException","message":"m"}""", HttpStatusCode.BadRequest);

        var error = Assert.IsType<KmsInvalidStateException>(await RefusedAsync("DescribeExecution", service));

        Assert.Equal(KmsKeyState.PENDING_DELETION, error.KmsKeyState);
    }

    [Fact]
    public async Task Call_ResourceNotFound_HasTheResource()
    {
        var service = new FakeService().Answers(
            """{"__type":"ResourceNotFound","message":"m","resourceName":"arn:m"}""", HttpStatusCode.BadRequest);

        var error = Assert.IsType<ResourceNotFoundException>(await RefusedAsync("ListExecutions", service));

        Assert.Equal("arn:m", error.ResourceName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html>Bad gateway</html>")]
    public async Task Call_ErrorWithoutACode_IsTheBaseTypeWithItsStatus(string body)
    {
        var error = await RefusedAsync("DescribeExecution", new FakeService().Answers(body, HttpStatusCode.BadGateway));

        Assert.Equal(typeof(AmazonStepFunctionsException), error.GetType());
        Assert.Equal(HttpStatusCode.BadGateway, error.StatusCode);
    }

    [Fact]
    public void Exceptions_OfThePackage_HaveTheConstructorsOfTheOfficialOnes()
    {
        foreach (var type in _types.Values.Append(typeof(AmazonStepFunctionsException)))
        {
            var inner = new InvalidOperationException("inner");
            object[][] arguments =
            [
                ["m"], ["m", inner], [inner],
                ["m", inner, ErrorType.Sender, "c", "r", HttpStatusCode.BadRequest],
                ["m", ErrorType.Sender, "c", "r", HttpStatusCode.BadRequest],
            ];

            Assert.NotNull(Activator.CreateInstance(type));
            Assert.All(arguments, given =>
            {
                var error = (AmazonStepFunctionsException)Activator.CreateInstance(type, given)!;
                Assert.Equal(given[0] is string message ? message : inner.Message, error.Message);
                Assert.Equal(given.Contains(inner) ? inner : null, error.InnerException);
                Assert.Equal(given.Length >= 5 ? "c" : null, error.ErrorCode);
            });
        }
    }

    private static async Task<AmazonStepFunctionsException> RefusedAsync(string operation, FakeService service)
    {
        using var client = service.Client(config => config.MaxErrorRetry = 0);
        return await Assert.ThrowsAnyAsync<AmazonStepFunctionsException>(() => Calls.All[operation](client).WaitAsync(Stop));
    }
}
