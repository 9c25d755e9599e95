using AuditHost.Journal;

namespace AuditHost.Tests.Journal;

public sealed class BlockPoolTests
{
    private const int Small = 4 << 10;
    private const int Large = 64 << 10;

    [Fact]
    public void Block_that_came_back_is_given_out_again()
    {
        var pool = new BlockPool(2 * Large);
        EventBlock block = pool.Rent(Small, 1);
        block.Release();

        Assert.Same(block, pool.Rent(Small, 2));
        Assert.Equal(2ul, block.FirstSequence);
    }

    [Fact]
    public void Block_of_twice_the_size_will_do_and_a_larger_one_will_not()
    {
        var pool = new BlockPool(4 * Large);
        EventBlock four = pool.Rent(4 * Small, 1);
        EventBlock two = pool.Rent(2 * Small, 1);
        four.Release();
        two.Release();

        Assert.Same(two, pool.Rent(Small, 1));
        Assert.NotSame(four, pool.Rent(Small, 1));
    }

    [Fact]
    public void Sizes_that_are_asked_for_push_out_those_that_no_longer_are()
    {
        var pool = new BlockPool(Large + (2 * Small));
        EventBlock large = pool.Rent(Large, 1);
        EventBlock[] pages = [.. Enumerable.Range(0, 4).Select(_ => pool.Rent(Small, 1))];
        large.Release();
        foreach (EventBlock page in pages)
            page.Release();

        EventBlock[] again = [.. pages.Select(_ => pool.Rent(Small, 2))];

        Assert.Equal(pages.ToHashSet(), again.ToHashSet());
        Assert.NotSame(large, pool.Rent(Large, 2));
    }

    [Fact]
    public void No_more_is_kept_than_allowed_and_nothing_is_thrown_away_for_what_cannot_be_kept()
    {
        var pool = new BlockPool(2 * Small);
        EventBlock[] pages = [.. Enumerable.Range(0, 3).Select(_ => pool.Rent(Small, 1))];
        EventBlock large = pool.Rent(Large, 1);
        foreach (EventBlock page in pages)
            page.Release();
        large.Release();

        EventBlock[] again = [.. pages.Select(_ => pool.Rent(Small, 2))];

        Assert.Equal(2, again.Intersect(pages).Count());
        Assert.NotSame(large, pool.Rent(Large, 2));
        Assert.Equal(4, pool.Rented);
    }
}
