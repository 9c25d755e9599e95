using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Faults.Disk;
using AuditHost.Sdk;

namespace AuditHost.Faults.Simulation;

/// <summary>How a destination is configured and what it will never take, drawn for a run.</summary>
internal sealed record DestinationPlan
{
    public const string Format = "raw";
    public const string StrictFormat = "strict";

    private const int UnrenderableOneIn = 17;

    public required string Name { get; init; }

    public required int Index { get; init; }

    public bool Ordered { get; init; }

    public int MaxConcurrency { get; init; }

    public int MaxBatchEvents { get; init; }

    public TimeSpan Linger { get; init; }

    /// <summary>The event types it gets; <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    public RateLimitOptions? RateLimit { get; init; }

    public BreakerOptions Breaker { get; init; } = new();

    public RetryOptions Retry { get; init; } = new();

    public TimeSpan Timeout { get; init; }

    public TimeSpan? GiveUpAfter { get; init; }

    public bool Splittable { get; init; }

    /// <summary>The most events of a request; <see langword="null"/> where it takes any number.</summary>
    public int? MostEvents { get; init; }

    /// <summary>Whether an event it refuses makes it refuse the whole request.</summary>
    public bool RefusesWhole { get; init; }

    public bool HasPoison { get; init; }

    public bool RefusesLarge { get; init; }

    /// <summary>Whether its format cannot express every event.</summary>
    public bool IsStrict { get; init; }

    /// <summary>The most events under way at a time, which is what a crash may repeat.</summary>
    public int MostUnderWay => (Ordered ? 1 : MaxConcurrency) * MaxBatchEvents;

    public static DestinationPlan Draw(SeededRandom random, string name, int index)
    {
        bool splittable = !random.OneIn(4);
        bool limited = splittable && random.OneIn(4);
        return new DestinationPlan
        {
            Name = name,
            Index = index,
            Ordered = random.OneIn(2),
            MaxConcurrency = 1 + random.Below(4),
            MaxBatchEvents = 1 + random.Below(12),
            Linger = TimeSpan.FromMilliseconds(random.Below(4) * 250),
            Types = random.OneIn(3) ? [.. SimulatedEvents.AllTypes.Where((_, type) => type % 2 == index % 2)] : null,
            RateLimit = random.OneIn(4) ? new RateLimitOptions { EventsPerSecond = 5 + random.Below(50), Burst = 5 + random.Below(20) } : null,
            Breaker = new BreakerOptions
            {
                Enabled = !random.OneIn(4), FailureThreshold = 1 + random.Below(4), Pause = TimeSpan.FromSeconds(1 + random.Below(20)), HalfOpenMaxCalls = 1 + random.Below(3),
            },
            Retry = new RetryOptions { InitialDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromSeconds(2), MaxAttempts = 1 + random.Below(4) },
            Timeout = TimeSpan.FromSeconds(1 + random.Below(5)),
            GiveUpAfter = random.OneIn(6) ? TimeSpan.FromSeconds(20 + random.Below(60)) : null,
            Splittable = splittable,
            MostEvents = limited ? 1 + random.Below(4) : null,
            RefusesWhole = splittable && random.OneIn(2),
            HasPoison = random.OneIn(2),
            RefusesLarge = random.OneIn(4),
            IsStrict = random.OneIn(5),
        };
    }

    public bool Passes(int number) => Types is null || Types.Contains(SimulatedEvents.TypeOf(number));

    public bool IsPoison(int number) => HasPoison && (number + Index) % 11 == 0;

    public bool IsTooLarge(int number) => RefusesLarge && SimulatedEvents.IsLarge(number);

    public bool IsUnrenderable(int number) => IsStrict && number % UnrenderableOneIn == 3;

    public static bool IsUnrenderableAnywhere(int number) => number % UnrenderableOneIn == 3;

    /// <summary>Whether an event may die here of a cause, however long it was tried.</summary>
    public bool MayDie(int number, DeathCause cause) => cause switch
    {
        DeathCause.Rejected => IsPoison(number),
        DeathCause.TooLarge => IsTooLarge(number),
        DeathCause.Unrenderable => IsUnrenderable(number),
        _ => false,
    };

    public DestinationOptions ToOptions() => new()
    {
        Name = Name,
        Section = "siem",
        Type = Name,
        Enabled = true,
        Location = new SourceLocation("site.yaml", 1, 1),
        Ordered = Ordered,
        Batch = new BatchOptions { Timeout = Linger },
        Filters = Types is null ? [] : [new FilterOptions.EventTypes(Types)],
        RateLimit = RateLimit,
        Breaker = Breaker,
        Retry = Retry,
        Timeout = Timeout,
        GiveUpAfter = GiveUpAfter,
    };

    public ConnectorInfo ToInfo() => new(Name, "Simulated.")
    {
        Content = BatchContent.Payload | BatchContent.Body,
        DefaultFormat = IsStrict ? StrictFormat : Format,
        MaxConcurrency = MaxConcurrency,
        MaxBatchEvents = MaxBatchEvents,
        Splittable = Splittable,
    };
}
