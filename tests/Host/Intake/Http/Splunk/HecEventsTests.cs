using System.Text;
using System.Text.Unicode;
using AuditHost.Configuration.Options;
using AuditHost.Intake.Http;
using AuditHost.Intake.Http.Splunk;

namespace AuditHost.Tests.Intake.Http.Splunk;

public sealed class HecEventsTests
{
    private const int Inputs = 1_000_000;

    private static readonly byte[] Good = Encoding.UTF8.GetBytes(
        """{"time":"1795464000.5","host":"h","event":{"event_id":"e","severity":"High","user":"ü"},"fields":{"a":["b"]}} {"event":[1,{"a":null}]}""");

    [Fact]
    public void Damaged_bodies_are_read_up_to_the_damage_and_never_further()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        using var mapped = new BodyBuffer();
        int taken = 0;
        for (int input = 0; input < Inputs; input++)
        {
            byte[] body = Damage.Of(Good, random);
            if (!Utf8.IsValid(body))
                continue;
            mapped.Clear();
            var events = new HecEvents(HecMapping.Default, mapped);
            var collector = new EventCollector(new IntakeLimits(new HttpListenerOptions()));
            try
            {
                events.ReadObjects(body);
                HecCode? fault = events.Fault;
                events.AddTo(collector);
                Assert.Equal(fault, events.Fault);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}, input {input}, {Encoding.UTF8.GetString(body)}: {exception}");
            }

            taken += collector.Batch.Count;
        }

        Assert.InRange(taken, Inputs / 4, 8 * Inputs);
    }
}
