using System.Security.Authentication;

namespace AuditHost.Security;

/// <summary>
/// Says which host failed and why. The platform hides the cause in inner exceptions, and reports a connection that took too long
/// as a cancellation, which would be taken for the host's own deadline. Paths and queries stay out: they can hold keys.
/// </summary>
internal sealed class ConnectionErrorHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new HttpRequestException(exception.HttpRequestError, Describe(request.RequestUri!, exception), exception, exception.StatusCode);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested && exception.InnerException is TimeoutException)
        {
            throw new HttpRequestException(
                HttpRequestError.ConnectionError, $"{Authority(request.RequestUri!)} cannot be reached: the connection took too long", exception);
        }
    }

    private static string Describe(Uri uri, HttpRequestException exception) => exception.InnerException switch
    {
        // SocketConnector has named the host already; the handler wraps what it threw.
        IOException refused when exception.HttpRequestError == HttpRequestError.ConnectionError => refused.Message,
        AuthenticationException tls => $"{Authority(uri)} failed the TLS handshake: {TlsFailure.Describe(tls)}",
        { } cause => $"{Authority(uri)} failed: {cause.Message}",
        null => $"{Authority(uri)} failed: {exception.Message}",
    };

    private static string Authority(Uri uri) => $"{uri.IdnHost}:{uri.Port}";
}
