namespace AuditHost.Sdk;

public sealed class DeliveryResultTests
{
    [Fact]
    public void Default_means_delivered()
    {
        DeliveryResult result = default;

        Assert.True(result.IsDelivered);
        Assert.Equal(default, result.Kind);
        Assert.Null(result.Reason);
        Assert.Null(result.Failures);
    }

    [Fact]
    public void Failed_keeps_kind_reason_and_wait()
    {
        DeliveryResult result = DeliveryResult.Failed(FailureKind.Throttled, "Too fast", TimeSpan.FromSeconds(3));

        Assert.False(result.IsDelivered);
        Assert.Equal((FailureKind.Throttled, "Too fast", TimeSpan.FromSeconds(3)), (result.Kind, result.Reason, result.RetryAfter));
    }

    [Fact]
    public void Failed_without_a_kind_is_a_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DeliveryResult.Failed(default, "No kind"));
    }

    [Fact]
    public void No_failure_kind_is_the_default_value()
    {
        Assert.DoesNotContain(default, Enum.GetValues<FailureKind>());
    }

    [Fact]
    public void Partial_lists_what_failed()
    {
        DeliveryResult result = DeliveryResult.Partial([new EventFailure(2, FailureKind.Rejected, "Bad field", 400)], TimeSpan.FromSeconds(1));

        Assert.False(result.IsDelivered);
        Assert.Equal(default, result.Kind);
        Assert.Equal(new EventFailure(2, FailureKind.Rejected, "Bad field", 400), Assert.Single(result.Failures!));
        Assert.Equal(TimeSpan.FromSeconds(1), result.RetryAfter);
    }

    [Fact]
    public void Partial_without_failures_is_delivered()
    {
        Assert.True(DeliveryResult.Partial([]).IsDelivered);
        Assert.Throws<ArgumentNullException>(() => DeliveryResult.Partial(null!));
    }

    [Fact]
    public void Acknowledged_is_delivered_and_named()
    {
        Assert.Equal((true, "42"), (DeliveryResult.Acknowledged("42").IsDelivered, DeliveryResult.Acknowledged("42").AcknowledgementId));
        Assert.Equal(["1", null], DeliveryResult.Acknowledged(["1", null]).AcknowledgementIds);
    }

    [Theory]
    [InlineData(DeliveryResult.MaxResponseBytes, DeliveryResult.MaxResponseBytes)]
    [InlineData(DeliveryResult.MaxResponseBytes + 1, DeliveryResult.MaxResponseBytes)]
    public void Response_is_cut_to_what_receipts_keep(int length, int kept)
    {
        DeliveryResult result = DeliveryResult.Failed(FailureKind.Rejected, "No").WithResponse(400, new string('x', length));

        Assert.Equal((400, kept, "No"), (result.Status, result.Response!.Length, result.Reason));
    }

    [Fact]
    public void Acknowledgement_is_added_to_a_partial_result()
    {
        DeliveryResult result = DeliveryResult.Partial([new EventFailure(0, FailureKind.Transient, "Busy")]).WithAcknowledgement("r-1");

        Assert.Equal("r-1", result.AcknowledgementId);
        Assert.Single(result.Failures!);
    }
}
