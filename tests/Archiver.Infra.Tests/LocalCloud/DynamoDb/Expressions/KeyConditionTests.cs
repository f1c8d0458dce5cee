using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb.Expressions;

public sealed class KeyConditionTests
{
    [Theory]
    [InlineData("pk = :s", "pk Equal")]
    [InlineData(":s = pk", "pk Equal")]
    [InlineData("pk = :s AND sk < :n", "pk Equal, sk Less")]
    [InlineData("pk = :s AND sk <= :n", "pk Equal, sk LessOrEqual")]
    [InlineData("pk = :s AND sk > :n", "pk Equal, sk Greater")]
    [InlineData("pk = :s AND sk >= :n", "pk Equal, sk GreaterOrEqual")]
    [InlineData("pk = :s AND :n < sk", "pk Equal, sk Greater")]
    [InlineData("pk = :s AND :n >= sk", "pk Equal, sk LessOrEqual")]
    [InlineData("pk = :s AND sk BETWEEN :one AND :ten", "pk Equal, sk Between")]
    [InlineData("pk = :s AND begins_with(sk, :he)", "pk Equal, sk BeginsWith")]
    [InlineData("(pk = :s) AND (sk = :n)", "pk Equal, sk Equal")]
    [InlineData("#name = :s", "name Equal")]
    public void Parse_AKeyCondition_GivesATermAnAttribute(string expression, string expected) =>
        Assert.Equal(expected, string.Join(", ", Parse(expression).Values.Select(term => $"{term.Attribute} {term.Operator}")));

    [Theory]
    [InlineData("pk = :s OR sk = :n", "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: OR")]
    [InlineData("NOT pk = :s", "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: NOT")]
    [InlineData("pk <> :s", "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: <>")]
    [InlineData("pk IN (:s)", "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: IN")]
    [InlineData("contains(pk, :s)", "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: contains")]
    [InlineData("attribute_exists(pk)", "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: attribute_exists")]
    [InlineData("size(pk) = :n", "Invalid KeyConditionExpression: KeyConditionExpressions cannot contain nested operations")]
    [InlineData("pk.a = :s", "Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions on nested attributes")]
    [InlineData("pk = sk", "Invalid KeyConditionExpression: Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition")]
    [InlineData(":s = :n", "Invalid KeyConditionExpression: Invalid condition in KeyConditionExpression: No key attribute specified")]
    [InlineData("pk = :s AND :n BETWEEN :one AND :ten", "Invalid KeyConditionExpression: Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first operand")]
    [InlineData("pk = :s AND pk = :n", "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key")]
    [InlineData("pk = :s AND sk = :n AND third = :n", "Conditions can be of length 1 or 2 only")]
    [InlineData("pk = :undefined", "Invalid KeyConditionExpression: An expression attribute value used in expression is not defined; attribute value: :undefined")]
    public void Parse_WhatNoKeyConditionMaySay_IsRefusedInAwsWords(string expression, string message)
    {
        AwsError error = Assert.Throws<AwsError>(() => Parse(expression));
        Assert.Equal(("ValidationException", message), (error.Code, error.Message));
    }

    private static IReadOnlyDictionary<string, KeyTerm> Parse(string expression) => KeyCondition.Parse(expression, ExpressionTestData.Placeholders());
}
