using System.Net;

namespace AuditHost.Security;

/// <summary>Behind a proxy only the proxy is connected to, so forbidden addresses are refused by what the request says.</summary>
internal sealed class ProxiedAddressHandler(AddressRules rules, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(request.RequestUri!.IdnHost, out IPAddress? address) && !rules.Allows(address))
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"{address} is a link-local or metadata address, which destinations may not use");
        return base.SendAsync(request, cancellationToken);
    }
}
