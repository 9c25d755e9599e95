using AuditHost.Delivery;

namespace AuditHost.Tests.Delivery;

public sealed class DeliveryPlacesTests
{
    private readonly DeliveryPlaces _places = new(1);

    [Fact]
    public async Task Place_given_back_goes_to_whoever_waits_longest()
    {
        await _places.TakeAsync(TestContext.Current.CancellationToken);
        Task first = _places.TakeAsync(TestContext.Current.CancellationToken).AsTask();
        Task second = _places.TakeAsync(TestContext.Current.CancellationToken).AsTask();

        _places.GiveBack();

        await first;
        Assert.False(second.IsCompleted);
        _places.GiveBack();
        await second;
        Assert.Equal(0, _places.Free);
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_is_passed_over()
    {
        using var giveUp = new CancellationTokenSource();
        await _places.TakeAsync(TestContext.Current.CancellationToken);
        Task impatient = _places.TakeAsync(giveUp.Token).AsTask();
        Task patient = _places.TakeAsync(TestContext.Current.CancellationToken).AsTask();

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _places.GiveBack();

        await patient;
        _places.GiveBack();
        Assert.Equal(1, _places.Free);
    }
}
