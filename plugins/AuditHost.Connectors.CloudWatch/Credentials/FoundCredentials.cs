using System.Net;
using Amazon.Runtime;
using AuditHost.PluginKit.Aws;
using AuditHost.Sdk;

namespace AuditHost.Connectors.CloudWatch.Credentials;

/// <summary>
/// The credentials of this machine, found once. The AWS SDK renews temporary ones beside the requests some minutes before they expire; a
/// request waits only for the first, and for those that expired all the same.
/// </summary>
internal sealed class FoundCredentials(string? profile, string region) : ICredentials
{
    private readonly SemaphoreSlim _finding = new(1, 1);
    private AWSCredentials? _source;
    private AwsCredentials? _last;

    public async ValueTask<AwsCredentials> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            AWSCredentials source = Volatile.Read(ref _source) ?? await FindAsync(cancellationToken).ConfigureAwait(false);
            Task<ImmutableCredentials> keys = source.GetCredentialsAsync();
            return Remember(keys.IsCompletedSuccessfully ? keys.Result : await keys.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is not (CredentialsException or OperationCanceledException))
        {
            throw new CredentialsException(KindOf(exception), $"The AWS credentials could not be had: {Describe(exception)}", exception);
        }
    }

    public async ValueTask<bool> RenewAsync(AwsCredentials refused, CancellationToken cancellationToken)
    {
        // Another send has renewed them already, where the last ones are not those that were refused.
        if (Volatile.Read(ref _last) == refused)
            Forget();
        return await GetAsync(cancellationToken).ConfigureAwait(false) != refused;
    }

    public void Dispose() => Forget();

    private void Forget() => (Interlocked.Exchange(ref _source, null) as RefreshingAWSCredentials)?.ClearCredentials();

    private async ValueTask<AWSCredentials> FindAsync(CancellationToken cancellationToken)
    {
        await _finding.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Volatile.Read(ref _source) is { } found)
                return found;

            // It reads files and may ask the instance, and knows no token.
            AWSCredentials source = await Task.Run(() => CredentialChain.Find(profile, region), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _source, source);
            return source;
        }
        finally
        {
            _finding.Release();
        }
    }

    private AwsCredentials Remember(ImmutableCredentials keys)
    {
        AwsCredentials? last = Volatile.Read(ref _last);
        string? token = keys.UseToken ? keys.Token : null;
        if (last is not null && last.AccessKeyId == keys.AccessKey && last.SecretAccessKey == keys.SecretKey && last.SessionToken == token)
            return last;
        last = new AwsCredentials(keys.AccessKey, keys.SecretKey, token);
        Volatile.Write(ref _last, last);
        return last;
    }

    /// <summary>What was refused stays refused; what could not be reached, or is not there yet, may be later.</summary>
    private static FailureKind KindOf(Exception exception) => exception is AmazonServiceException { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError }
        ? FailureKind.Misconfigured
        : FailureKind.Transient;

    // The messages of the SDK name roles, profiles and addresses. The output of a credential_process is the one that may hold a key.
    private static string Describe(Exception exception)
    {
        const int MaxLength = 300;
        if (exception is ProcessAWSCredentialException)
            return "the credential_process of the profile failed";
        string text = exception.Message;
        for (Exception? inner = exception.InnerException; inner is not null; inner = inner.InnerException)
            text += $": {inner.Message}";
        text = string.Concat(text.ReplaceLineEndings(" ").Select(one => char.IsControl(one) ? ' ' : one));
        return text.Length <= MaxLength ? text : text[..MaxLength];
    }
}
