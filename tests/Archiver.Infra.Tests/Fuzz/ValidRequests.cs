using System.Text;

namespace Archiver.Infra.Tests.Fuzz;

/// <summary>Requests that are all right, to begin with.</summary>
internal static class ValidRequests
{
    private const string Arn = "arn:aws:states:us-east-1:000000000000:";
    private const string Machine = Arn + "stateMachine:archiver-ArchiverStateMachine";
    private const string Execution = Arn + "execution:archiver-ArchiverStateMachine:fuzz";
    private const string Url = "http://localhost/000000000000/archiver-HumanSQS";

    private static readonly (string Target, string Body)[] s_json =
    [
        ("AWSEvents.PutEvents", """{"Entries":[{"Source":"a","DetailType":"t","Detail":"{\"a\":1}","Resources":["r"],"Time":1700000000,"EventBusName":"default"}]}"""),
        ("AWSEvents.TestEventPattern", """{"EventPattern":"{\"a\":[{\"prefix\":\"x\"},{\"anything-but\":{\"wildcard\":[\"a*\"]}},{\"numeric\":[\">\",1]},{\"cidr\":\"10.0.0.0/8\"}],\"$or\":[{\"b\":[1]},{\"c\":[null]}]}","Event":"{\"id\":\"1\",\"account\":\"0\",\"source\":\"a\",\"time\":\"t\",\"region\":\"r\",\"resources\":[],\"detail-type\":\"t\",\"a\":[1,\"x\"]}"}"""),
        ("AWSEvents.ListRules", """{"NamePrefix":"a","Limit":5,"NextToken":"cnVsZXMgYQph"}"""),
        ("AWSEvents.DescribeRule", """{"Name":"archiver-drops","EventBusName":"default"}"""),
        ("AWSEvents.ListTargetsByRule", """{"Rule":"archiver-drops","Limit":5}"""),
        ("AWSEvents.DisableRule", """{"Name":"archiver-review-drops"}"""),
        ("AWSEvents.EnableRule", """{"Name":"archiver-review-drops"}"""),
        ("AmazonSQS.CreateQueue", """{"QueueName":"fuzz","Attributes":{"VisibilityTimeout":"30","RedrivePolicy":"{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:archiver-HumanSQS\",\"maxReceiveCount\":3}"},"tags":{"a":"b"}}"""),
        ("AmazonSQS.DeleteQueue", """{"QueueUrl":"http://localhost/000000000000/fuzz"}"""),
        ("AmazonSQS.ListQueues", """{"QueueNamePrefix":"a","MaxResults":10,"NextToken":"YQ=="}"""),
        ("AmazonSQS.GetQueueUrl", """{"QueueName":"archiver-HumanSQS","QueueOwnerAWSAccountId":"000000000000"}"""),
        ("AmazonSQS.GetQueueAttributes", $$$$"""{"QueueUrl":"{{{{Url}}}}","AttributeNames":["All"]}"""),
        ("AmazonSQS.SetQueueAttributes", $$$$"""{"QueueUrl":"{{{{Url}}}}","Attributes":{"DelaySeconds":"0","MaximumMessageSize":"262144"}}"""),
        ("AmazonSQS.SendMessage", $$$$"""{"QueueUrl":"{{{{Url}}}}","MessageBody":"hello","DelaySeconds":0,"MessageAttributes":{"n":{"DataType":"Number","StringValue":"1.5"},"b":{"DataType":"Binary.x","BinaryValue":"AAEC"}}}"""),
        ("AmazonSQS.SendMessageBatch", $$$$"""{"QueueUrl":"{{{{Url}}}}","Entries":[{"Id":"a","MessageBody":"x"},{"Id":"b","MessageBody":"y","DelaySeconds":1}]}"""),
        ("AmazonSQS.ReceiveMessage", $$$$"""{"QueueUrl":"{{{{Url}}}}","MaxNumberOfMessages":2,"VisibilityTimeout":0,"WaitTimeSeconds":0,"MessageAttributeNames":["a.*"],"MessageSystemAttributeNames":["All"]}"""),
        ("AmazonSQS.DeleteMessage", $$$$"""{"QueueUrl":"{{{{Url}}}}","ReceiptHandle":"AQEB"}"""),
        ("AmazonSQS.DeleteMessageBatch", $$$$"""{"QueueUrl":"{{{{Url}}}}","Entries":[{"Id":"a","ReceiptHandle":"x"}]}"""),
        ("AmazonSQS.ChangeMessageVisibility", $$$$"""{"QueueUrl":"{{{{Url}}}}","ReceiptHandle":"x","VisibilityTimeout":30}"""),
        ("AmazonSQS.TagQueue", $$$$"""{"QueueUrl":"{{{{Url}}}}","Tags":{"a":"b"}}"""),
        ("AmazonSQS.UntagQueue", $$$$"""{"QueueUrl":"{{{{Url}}}}","TagKeys":["a"]}"""),
        ("AmazonSQS.StartMessageMoveTask", """{"SourceArn":"arn:aws:sqs:us-east-1:000000000000:fuzz","MaxNumberOfMessagesPerSecond":5}"""),
        ("AmazonSQS.ListMessageMoveTasks", """{"SourceArn":"arn:aws:sqs:us-east-1:000000000000:fuzz","MaxResults":5}"""),
        ("DynamoDB_20120810.CreateTable", """{"TableName":"fuzz","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],"BillingMode":"PAY_PER_REQUEST","GlobalSecondaryIndexes":[{"IndexName":"i","KeySchema":[{"AttributeName":"sk","KeyType":"HASH"}],"Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["x"]}}]}"""),
        ("DynamoDB_20120810.DeleteTable", """{"TableName":"fuzz"}"""),
        ("DynamoDB_20120810.DescribeTable", """{"TableName":"archiver-ArchiveTable"}"""),
        ("DynamoDB_20120810.ListTables", """{"Limit":5,"ExclusiveStartTableName":"a"}"""),
        ("DynamoDB_20120810.UpdateTimeToLive", """{"TableName":"fuzz","TimeToLiveSpecification":{"AttributeName":"t","Enabled":true}}"""),
        ("DynamoDB_20120810.PutItem", """{"TableName":"archiver-ArchiveTable","Item":{"Id":{"S":"a"},"N":{"N":"1.5"},"B":{"B":"AAEC"},"L":{"L":[{"NULL":true},{"BOOL":false}]},"M":{"M":{"x":{"SS":["a","b"]},"y":{"NS":["1","2"]}}}},"ConditionExpression":"attribute_not_exists(Id) OR #n > :v","ExpressionAttributeNames":{"#n":"N"},"ExpressionAttributeValues":{":v":{"N":"0"}},"ReturnValues":"ALL_OLD","ReturnConsumedCapacity":"TOTAL"}"""),
        ("DynamoDB_20120810.GetItem", """{"TableName":"archiver-ArchiveTable","Key":{"Id":{"S":"a"}},"ConsistentRead":true,"ProjectionExpression":"N, M.x, L[0]"}"""),
        ("DynamoDB_20120810.UpdateItem", """{"TableName":"archiver-ArchiveTable","Key":{"Id":{"S":"a"}},"UpdateExpression":"SET N = if_not_exists(N, :z) + :v, L = list_append(L, :l) REMOVE M.x ADD C :v DELETE S :s","ExpressionAttributeValues":{":z":{"N":"0"},":v":{"N":"1"},":l":{"L":[{"S":"x"}]},":s":{"SS":["a"]}},"ReturnValues":"UPDATED_NEW"}"""),
        ("DynamoDB_20120810.DeleteItem", """{"TableName":"archiver-ArchiveTable","Key":{"Id":{"S":"b"}},"ConditionExpression":"size(N) < :v AND contains(L, :v) AND begins_with(Id, :v)","ExpressionAttributeValues":{":v":{"S":"x"}}}"""),
        ("DynamoDB_20120810.Query", """{"TableName":"archiver-ArchiveTable","IndexName":"Day-Timestamp","KeyConditionExpression":"#d = :d AND #t BETWEEN :a AND :b","FilterExpression":"attribute_exists(N) AND N IN (:n, :n)","ExpressionAttributeNames":{"#d":"Day","#t":"Timestamp"},"ExpressionAttributeValues":{":d":{"S":"2026-01-01"},":a":{"S":"a"},":b":{"S":"b"},":n":{"N":"1"}},"Limit":10,"ScanIndexForward":false,"Select":"ALL_ATTRIBUTES"}"""),
        ("DynamoDB_20120810.Scan", """{"TableName":"archiver-ArchiveTable","Limit":5,"Segment":0,"TotalSegments":2,"FilterExpression":"NOT N = :v","ExpressionAttributeValues":{":v":{"N":"1"}},"ExclusiveStartKey":{"Id":{"S":"a"}}}"""),
        ("DynamoDB_20120810.BatchWriteItem", """{"RequestItems":{"archiver-ArchiveTable":[{"PutRequest":{"Item":{"Id":{"S":"c"}}}},{"DeleteRequest":{"Key":{"Id":{"S":"d"}}}}]}}"""),
        ("DynamoDB_20120810.BatchGetItem", """{"RequestItems":{"archiver-ArchiveTable":{"Keys":[{"Id":{"S":"a"}}],"ProjectionExpression":"Id"}}}"""),
        ("DynamoDB_20120810.TransactWriteItems", """{"ClientRequestToken":"t","TransactItems":[{"Put":{"TableName":"archiver-ArchiveTable","Item":{"Id":{"S":"e"}}}},{"ConditionCheck":{"TableName":"archiver-ArchiveTable","Key":{"Id":{"S":"f"}},"ConditionExpression":"attribute_not_exists(Id)"}}]}"""),
        ("DynamoDB_20120810.TransactGetItems", """{"TransactItems":[{"Get":{"TableName":"archiver-ArchiveTable","Key":{"Id":{"S":"a"}}}}]}"""),
        ("AWSStepFunctions.CreateStateMachine", $$$$"""{"name":"fuzz","roleArn":"arn:aws:iam::000000000000:role/r","type":"STANDARD","definition":"{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Parameters\":{\"x.$\":\"States.Format('{}', $.a)\"},\"End\":true}}}"}"""),
        ("AWSStepFunctions.ValidateStateMachineDefinition", $$$$"""{"type":"STANDARD","definition":"{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.a[?(@.b)]\",\"NumericEquals\":1,\"Next\":\"A\"}]}}}"}"""),
        ("AWSStepFunctions.StartExecution", $$"""{"stateMachineArn":"{{Machine}}","name":"fuzz","input":"{\"approval_needed\":true}"}"""),
        ("AWSStepFunctions.StartExecution", $$"""{"stateMachineArn":"{{Arn}}stateMachine:fuzz","input":"{}"}"""),
        ("AWSStepFunctions.DescribeExecution", $$"""{"executionArn":"{{Execution}}"}"""),
        ("AWSStepFunctions.ListExecutions", $$"""{"stateMachineArn":"{{Machine}}","statusFilter":"RUNNING","maxResults":5}"""),
        ("AWSStepFunctions.GetExecutionHistory", $$"""{"executionArn":"{{Execution}}","maxResults":10,"reverseOrder":true,"includeExecutionData":false}"""),
        ("AWSStepFunctions.StopExecution", $$"""{"executionArn":"{{Execution}}","error":"E","cause":"C"}"""),
        ("AWSStepFunctions.RedriveExecution", $$"""{"executionArn":"{{Execution}}","clientToken":"t"}"""),
        ("AWSStepFunctions.SendTaskSuccess", """{"taskToken":"AAAA","output":"{\"approved\":true}"}"""),
        ("AWSStepFunctions.SendTaskFailure", """{"taskToken":"AAAA","error":"E","cause":"C"}"""),
        ("AWSStepFunctions.DescribeStateMachine", $$"""{"stateMachineArn":"{{Machine}}"}"""),
        ("AWSStepFunctions.ListStateMachines", """{"maxResults":5}"""),
        ("AmazonSSM.PutParameter", """{"Name":"/fuzz/a","Value":"v","Type":"SecureString","Overwrite":true,"AllowedPattern":"^.*$"}"""),
        ("AmazonSSM.GetParameter", """{"Name":"/fuzz/a:1","WithDecryption":true}"""),
        ("AmazonSSM.GetParameters", """{"Names":["/fuzz/a","b"]}"""),
        ("AmazonSSM.GetParametersByPath", """{"Path":"/","Recursive":true,"MaxResults":5,"ParameterFilters":[{"Key":"Type","Option":"Equals","Values":["String"]}]}"""),
        ("AmazonSSM.DescribeParameters", """{"MaxResults":5,"ParameterFilters":[{"Key":"Name","Option":"BeginsWith","Values":["/fuzz"]}]}"""),
        ("AmazonSSM.DeleteParameter", """{"Name":"/fuzz/a"}"""),
    ];

    private static readonly (string Service, string Form)[] s_forms =
    [
        ("sts", "Action=GetCallerIdentity&Version=2011-06-15"),
        ("cloudformation", "Action=DescribeStacks&Version=2010-05-15&StackName=archiver"),
        ("cloudformation", "Action=DescribeStackResources&StackName=archiver&LogicalResourceId=HumanSQS"),
        ("cloudformation", "Action=ListStackResources&StackName=archiver&NextToken=x"),
        ("sqs", "Action=ListQueues&Version=2012-11-05&QueueNamePrefix=a"),
        ("sqs", "Action=SendMessage&Version=2012-11-05&QueueUrl=http%3A%2F%2Flocalhost%2F000000000000%2Farchiver-HumanSQS&MessageBody=hi&MessageAttribute.1.Name=a&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=b"),
        ("sqs", "Action=SendMessageBatch&Version=2012-11-05&QueueUrl=http%3A%2F%2Flocalhost%2F000000000000%2Farchiver-HumanSQS&SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageBody=%F0%9F%98%80"),
        ("sqs", "Action=ReceiveMessage&Version=2012-11-05&QueueUrl=http%3A%2F%2Flocalhost%2F000000000000%2Farchiver-HumanSQS&AttributeName.1=All&VisibilityTimeout=0"),
        ("sqs", "Action=CreateQueue&Version=2012-11-05&QueueName=fuzz&Attribute.1.Name=DelaySeconds&Attribute.1.Value=1"),
    ];

    private static readonly (string Method, string Target, string Headers, string Body)[] s_s3 =
    [
        ("GET", "/", "", ""),
        ("PUT", "/fuzz-bucket", "", "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"),
        ("PUT", "/fuzz-bucket?versioning", "", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"),
        ("PUT", "/fuzz-bucket?tagging", "Content-MD5: 1B2M2Y8AsgTpgAmY7PhCfg==", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"),
        ("GET", "/fuzz-bucket?list-type=2&prefix=a&delimiter=%2F&max-keys=3&continuation-token=YQ&encoding-type=url", "", ""),
        ("GET", "/fuzz-bucket?versions&key-marker=a&version-id-marker=null", "", ""),
        ("GET", "/fuzz-bucket?uploads", "", ""),
        ("PUT", "/fuzz-bucket/a/b", "x-amz-meta-x: y\nx-amz-tagging: a=b\nContent-Type: text/plain", "hello"),
        ("PUT", "/fuzz-bucket/chunked", "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\nContent-Encoding: aws-chunked\nx-amz-decoded-content-length: 5\nx-amz-trailer: x-amz-checksum-crc32", "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n"),
        ("PUT", "/fuzz-bucket/copy", "x-amz-copy-source: /fuzz-bucket/a/b\nx-amz-metadata-directive: REPLACE", ""),
        ("GET", "/fuzz-bucket/a/b?response-content-type=text%2Fhtml&versionId=null", "Range: bytes=0-2\nIf-None-Match: \"x\"", ""),
        ("HEAD", "/fuzz-bucket/a/b?partNumber=1", "x-amz-checksum-mode: ENABLED", ""),
        ("GET", "/fuzz-bucket/a/b?attributes", "x-amz-object-attributes: ETag,Checksum,ObjectParts\nx-amz-max-parts: 1", ""),
        ("PUT", "/fuzz-bucket/a/b?tagging", "", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"),
        ("DELETE", "/fuzz-bucket/a/c?versionId=null", "", ""),
        ("POST", "/fuzz-bucket?delete", "Content-MD5: 1B2M2Y8AsgTpgAmY7PhCfg==", "<Delete><Object><Key>a/c</Key></Object><Quiet>true</Quiet></Delete>"),
        ("POST", "/fuzz-bucket?delete", "x-amz-checksum-algorithm: CRC32\nx-amz-sdk-checksum-algorithm: CRC32", "<Delete><Object><Key>a/c</Key><VersionId>null</VersionId></Object></Delete>"),
        ("POST", "/fuzz-bucket/up?uploads", "x-amz-checksum-algorithm: SHA256", ""),
        ("PUT", "/fuzz-bucket/up?uploadId=x&partNumber=1", "", "part"),
        ("POST", "/fuzz-bucket/up?uploadId=x", "", "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"x\"</ETag></Part></CompleteMultipartUpload>"),
        ("GET", "/fuzz-bucket/up?uploadId=x&max-parts=2", "", ""),
    ];

    private static readonly (string Method, string Target, string Body)[] s_lambda =
    [
        ("GET", "/2015-03-31/functions?MaxItems=2&Marker=a", ""),
        ("GET", "/2015-03-31/functions/archiver-ReadMetadata", ""),
        ("POST", "/2015-03-31/functions/archiver-ReadMetadata/invocations?Qualifier=%24LATEST", "{\"bucket\":\"fuzz-bucket\",\"key\":\"a/b\"}"),
    ];

    /// <summary>All of them.</summary>
    public static WireRequest[] All { get; } =
    [
        .. s_json.Select(call => new WireRequest(
            Speaks.Json, "POST", "/", [$"X-Amz-Target: {call.Target}", "Content-Type: application/x-amz-json-1.0"], Encoding.UTF8.GetBytes(call.Body))),
        .. s_forms.Select(call => new WireRequest(
            Speaks.Query, "POST", "/",
            ["Content-Type: application/x-www-form-urlencoded; charset=utf-8", $"Authorization: AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/{call.Service}/aws4_request, SignedHeaders=host, Signature=0"],
            Encoding.UTF8.GetBytes(call.Form))),
        .. s_s3.Select(call => new WireRequest(
            Speaks.S3, call.Method, call.Target, call.Headers.Split('\n', StringSplitOptions.RemoveEmptyEntries), Encoding.UTF8.GetBytes(call.Body))),
        .. s_lambda.Select(call => new WireRequest(Speaks.Lambda, call.Method, call.Target, [], Encoding.UTF8.GetBytes(call.Body))),
    ];
}
