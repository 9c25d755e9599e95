using System.Globalization;
using System.Numerics;
using System.Text;
using AuditHost.Intake.Deduplication;

namespace AuditHost.Tests.Intake.Deduplication;

public sealed class Poly1305Tests
{
    private static readonly BigInteger Modulus = (BigInteger.One << 130) - 5;
    private static readonly BigInteger Low128 = (BigInteger.One << 128) - 1;

    /// <summary>RFC 8439, section 2.5.2: the tag is the value plus the second half of the key.</summary>
    [Fact]
    public void Example_of_the_standard()
    {
        byte[] place = Convert.FromHexString("85d6be7857556d337f4452fe42d506a8");
        UInt128 addend = UInt128.Parse("1bf54941aff6bf4afdb20dfb8a800301", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

        UInt128 tag = new Poly1305(place).Evaluate(Encoding.ASCII.GetBytes("Cryptographic Forum Research Group")) + addend;

        Assert.Equal(UInt128.Parse("a927010caf8b2bc2c6365130c11d06a8", NumberStyles.HexNumber, CultureInfo.InvariantCulture), tag);
    }

    /// <summary>RFC 8439, appendix A.3, examples 7 to 10: values at the edge of the modulus.</summary>
    [Theory]
    [InlineData("02000000000000000000000000000000", "ffffffffffffffffffffffffffffffff", 3)]
    [InlineData("01000000000000000000000000000000", "fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff11000000000000000000000000000000", 5)]
    [InlineData("01000000000000000000000000000000", "fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe01010101010101010101010101010101", 0)]
    public void Values_at_the_edge(string place, string text, ulong expected) =>
        Assert.Equal(expected, new Poly1305(Convert.FromHexString(place)).Evaluate(Convert.FromHexString(text)));

    /// <summary>Seeded: every length, against numbers of any size.</summary>
    [Fact]
    public void Agrees_with_the_definition()
    {
        var random = new Random(8439);
        for (int length = 0; length < 300; length++)
        {
            byte[] key = new byte[Poly1305.KeyBytes];
            byte[] text = new byte[length];
            random.NextBytes(key);
            if (length % 3 == 0)
                Array.Fill(text, (byte)0xFF);
            else
                random.NextBytes(text);

            Assert.Equal(Define(key, text), new Poly1305(key).Evaluate(text));
        }
    }

    private static UInt128 Define(byte[] key, byte[] text)
    {
        BigInteger place = new BigInteger(key, isUnsigned: true) & BigInteger.Parse("0ffffffc0ffffffc0ffffffc0fffffff", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        BigInteger sum = 0;
        foreach (byte[] block in text.Chunk(16))
            sum = (sum + new BigInteger([.. block, 1], isUnsigned: true)) * place % Modulus;
        return (UInt128)(sum & Low128);
    }
}
