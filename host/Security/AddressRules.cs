using System.Net;
using System.Net.Sockets;

namespace AuditHost.Security;

/// <summary>
/// Addresses that no destination may lead to: link-local ones and the metadata services of clouds, which hand out credentials to
/// whoever asks. Asked after name resolution, so that a name which changes its mind does not get through.
/// </summary>
/// <param name="configured">Addresses that the site file itself spells out; what an operator writes down is meant.</param>
internal sealed class AddressRules(IReadOnlySet<IPAddress> configured)
{
    private static readonly IPNetwork LinkLocal4 = IPNetwork.Parse("169.254.0.0/16");
    private static readonly IPNetwork LinkLocal6 = IPNetwork.Parse("fe80::/10");
    private static readonly IPNetwork Translated4 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPAddress AmazonMetadata6 = IPAddress.Parse("fd00:ec2::254");

    public bool Allows(IPAddress address)
    {
        IPAddress actual = Unwrap(address);
        return !IsForbidden(actual) || configured.Contains(actual);
    }

    /// <summary>Strips the forms in which IPv6 wraps an IPv4 address, and the scope, which takes part in comparisons.</summary>
    public static IPAddress Unwrap(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        byte[] bytes = address.GetAddressBytes();
        return Translated4.Contains(address) ? new IPAddress(bytes.AsSpan(12)) : new IPAddress(bytes);
    }

    private static bool IsForbidden(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork
            ? LinkLocal4.Contains(address)
            : LinkLocal6.Contains(address) || address.Equals(AmazonMetadata6);
}
