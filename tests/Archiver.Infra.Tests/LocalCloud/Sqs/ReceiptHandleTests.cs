using Archiver.Infra.LocalCloud.Sqs;
using Archiver.Infra.LocalCloud.Wire;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public class ReceiptHandleTests
{
    [Property]
    public void Decode_WhatEncodeWrote_IsTheSame(long queueId, long id)
    {
        byte[] nonce = ReceiptHandle.NewNonce();

        ReceiptHandle handle = ReceiptHandle.Decode(new ReceiptHandle(queueId, id, nonce).Encode(), queueId);

        Assert.Equal((queueId, id), (handle.QueueId, handle.Id));
        Assert.Equal(nonce, handle.Nonce);
    }

    [Property]
    public void Decode_AnyText_IsRefused(string? text) => Refused(text ?? "", 1);

    [Fact]
    public void Decode_HandleOfAnotherQueue_IsRefused() => Refused(new ReceiptHandle(1, 7, ReceiptHandle.NewNonce()).Encode(), 2);

    [Property]
    public void Decode_OneBitChanged_IsRefused(ushort bit)
    {
        byte[] bytes = Convert.FromBase64String(new ReceiptHandle(1, 7, ReceiptHandle.NewNonce()).Encode());
        bytes[bit / 8 % bytes.Length] ^= (byte)(1 << (bit % 8));

        Refused(Convert.ToBase64String(bytes), 1);
    }

    private static void Refused(string text, long queueId) =>
        Assert.Equal("ReceiptHandleIsInvalid", Assert.Throws<AwsError>(() => ReceiptHandle.Decode(text, queueId)).Code);
}
