using System.Text;

namespace AuditHost.Sdk.Testing;

public abstract partial class HttpConnectorConformance
{
    // Far more than both sides' buffers and any honest answer hold.
    private const int EndlessBytes = 64 << 20;
    private const string Credential = "kit-credential-5f1e7c9a";

    /// <summary>Whatever comes in place of an answer, the send ends as a failure that the contract knows, and the next one works.</summary>
    [Fact]
    public async Task Hostile_answers_are_failures()
    {
        await using ConformanceBench bench = await StartAsync(Delivered);
        HttpPeer peer = PeerOf(bench);
        foreach (HostileAnswer hostile in HostileAnswer.All(Delivered(PeerRequest.Any)))
        {
            peer.Script = hostile.Script;
            SendOutcome outcome = await bench.SendAsync(bench.Render(bench.NextIds()));
            bool mayDeliver = hostile.Credit == AnswerCredit.Whole || (hostile.Credit == AnswerCredit.Head && !BodyDecides);
            Rule.Strangers.Holds(
                mayDeliver || !outcome.IsDelivered,
                $"The destination answered {hostile.Name}; the connector says: {outcome}",
                "Only a whole answer that says so acknowledges a batch.");
            Rule.Strangers.Holds(
                outcome.IsDocumented && !outcome.IsCancellation,
                $"The destination answered {hostile.Name}; the connector says: {outcome}",
                "Catch what reading the answer can throw, such as a JsonException, and return Transient with a reason.");
            peer.Answer(Delivered);
            await bench.ExpectRecoveryAsync($"after the destination answered {hostile.Name}");
        }
    }

    /// <summary>An answer without end is neither read without end nor waited for.</summary>
    [Fact]
    public async Task Endless_answer_is_not_read_to_its_end()
    {
        foreach (int status in new[] { 200, 400, 500 })
        {
            await using ConformanceBench bench = await StartAsync(Delivered);
            long written = 0;
            var flooded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            PeerOf(bench).Script = async (connection, _, cancellationToken) =>
            {
                byte[] block = Encoding.ASCII.GetBytes(new string('e', 64 * 1024));
                await connection.WriteAsync(new PeerAnswer(status, "e").RenderHead(null), cancellationToken);
                while (Volatile.Read(ref written) < EndlessBytes)
                {
                    await connection.WriteAsync(block, cancellationToken);
                    Interlocked.Add(ref written, block.Length);
                }

                flooded.TrySetResult();
                return false;
            };
            Task<SendOutcome> sending = Task.Run(() => bench.SendAsync(bench.Render(bench.NextIds())));
            await Task.WhenAny(sending, flooded.Task);
            Rule.Strangers.Holds(
                !flooded.Task.IsCompleted,
                $"Of an answer {status} without end, {EndlessBytes >> 20} MiB were read.",
                "Send with HttpCompletionOption.ResponseHeadersRead and read at most what you need; ResponseText of the PluginKit does.");
            SendOutcome outcome = await sending;
            Rule.Strangers.Holds(
                outcome.IsDocumented && (!outcome.IsDelivered || (status == 200 && !BodyDecides)),
                $"An answer {status} had no end; the connector says: {outcome}",
                "An answer that cannot be read to its end is a failure, Transient.");
        }
    }

    /// <summary>A redirect would take events and credentials to whatever address the answer names.</summary>
    [Fact]
    public async Task Redirect_is_not_followed()
    {
        foreach (int status in new[] { 301, 302, 303, 307, 308 })
        {
            await using var other = new HttpPeer(Delivered);
            await using ConformanceBench bench = await StartAsync(_ => new PeerAnswer(status).With("Location", other.Address.ToString()), Credential);
            SendOutcome outcome = await bench.SendAsync(bench.Render(bench.NextIds()));
            Rule.Strangers.Holds(
                other.Connections == 0,
                $"A redirect ({status}) was followed.",
                "Use PluginContext.Http as it is, and never a client of your own.");
            Rule.Strangers.Holds(
                outcome.Exception is null && outcome.Kinds.Any() && outcome.Kinds.All(kind => kind == FailureKind.Misconfigured),
                $"The destination redirects ({status}); the connector says: {outcome}",
                "Return Misconfigured: the endpoint has to name the final address.");
        }
    }

    /// <summary>A destination that is not there is a failure, and never a hang.</summary>
    [Fact]
    public async Task Absent_destination_is_a_failure()
    {
        ConformanceBench bench = PrepareFor(Open(Delivered));
        await PeerOf(bench).DisposeAsync();
        await using (bench)
        {
            SendOutcome outcome = await bench.SendAsync(bench.Render(bench.NextIds()));
            Rule.Outcomes.Holds(
                outcome.IsDocumented && !outcome.IsCancellation && !outcome.IsDelivered && outcome.Kinds.All(kind => kind == FailureKind.Transient),
                $"Nothing listens at the endpoint; the connector says: {outcome}", "Let the HttpRequestException pass, or return Transient.");
        }
    }

    /// <summary>A destination that repeats the request in its answer does not bring secrets into the log.</summary>
    [Fact]
    public async Task Secrets_stay_out_of_reasons_and_log()
    {
        foreach (int status in new[] { 200, 400, 401, 500 })
        {
            PeerAnswer Echo(PeerRequest request) => new(status, $"{string.Join('\n', request.Headers)}\n{request.Target}\n{request.Text}", "text/plain");
            await using ConformanceBench bench = await StartAsync(Echo, Credential);
            SendOutcome echoed = await bench.SendAsync(bench.Render(bench.NextIds()));
            PeerOf(bench).Script = static (_, _, _) => Task.FromResult(false);
            SendOutcome broken = await bench.SendAsync(bench.Render(bench.NextIds()));
            SecretCheck.Check([Credential, .. HasSecretSettings ? SecretCheck.SecretsOf(bench) : []], bench.Context, echoed, broken);
        }
    }
}
