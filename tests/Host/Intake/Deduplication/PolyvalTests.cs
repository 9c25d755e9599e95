using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using AuditHost.Intake.Deduplication;

namespace AuditHost.Tests.Intake.Deduplication;

public sealed class PolyvalTests
{
    /// <summary>RFC 8452, appendix A: two blocks. The text's length is a third one here, so that they are its text and its length.</summary>
    [Fact]
    public void Product_is_that_of_the_standard()
    {
        byte[] place = Convert.FromHexString("25629347589242761d31f826ba4b757b");
        UInt128 first = Number("4f4f95668c83dfb6401762bb2d01a262");
        UInt128 second = Number("d1a24ddd2721d006bbe45f20d3c9f362");

        UInt128 sum = Dot(Dot(first, Number("25629347589242761d31f826ba4b757b")) ^ second, Number("25629347589242761d31f826ba4b757b"));

        Assert.Equal(Number("f7a3b47b846119fae5b7866cf5e5b77e"), sum);
        Assert.Equal(
            Dot(sum ^ 32, Number("25629347589242761d31f826ba4b757b")),
            new Polyval(place).Evaluate(Convert.FromHexString("4f4f95668c83dfb6401762bb2d01a262d1a24ddd2721d006bbe45f20d3c9f362")));
    }

    /// <summary>Seeded: every length, against the definition.</summary>
    [Fact]
    public void Agrees_with_the_definition()
    {
        var random = new Random(8452);
        for (int length = 0; length < 300; length++)
        {
            byte[] key = new byte[Polyval.KeyBytes];
            byte[] text = new byte[length];
            random.NextBytes(key);
            if (length % 3 == 0)
                Array.Fill(text, (byte)0xFF);
            else
                random.NextBytes(text);

            Assert.Equal(Define(key, text), new Polyval(key).Evaluate(text));
        }
    }

    [Fact]
    public void Texts_that_differ_in_zeros_at_the_end_differ()
    {
        var polynomial = new Polyval(FingerprintKey.Create().Secret);

        Assert.Equal(100, Enumerable.Range(0, 100).Select(length => polynomial.Evaluate(new byte[length])).Distinct().Count());
    }

    /// <summary>Seeded. What the processor multiplies is what its bits say.</summary>
    [Fact]
    public void Processors_product_is_that_of_the_bits()
    {
        var random = new Random(64);
        for (int round = 0; round < 1000; round++)
        {
            Vector128<ulong> left = Vector128.Create((ulong)random.NextInt64(), round == 0 ? ulong.MaxValue : (ulong)random.NextInt64() << 1);
            Vector128<ulong> right = Vector128.Create(round < 2 ? ulong.MaxValue : (ulong)random.NextInt64(), (ulong)random.NextInt64() << 1);

            Assert.Equal(CarrylessProduct.ByBits(left[0], right[0]), CarrylessProduct.Of(left, lowLeft: true, right, lowRight: true));
            Assert.Equal(CarrylessProduct.ByBits(left[0], right[1]), CarrylessProduct.Of(left, lowLeft: true, right, lowRight: false));
            Assert.Equal(CarrylessProduct.ByBits(left[1], right[0]), CarrylessProduct.Of(left, lowLeft: false, right, lowRight: true));
            Assert.Equal(CarrylessProduct.ByBits(left[1], right[1]), CarrylessProduct.Of(left, lowLeft: false, right, lowRight: false));
        }
    }

    private static UInt128 Define(byte[] key, byte[] text)
    {
        UInt128 place = BinaryPrimitives.ReadUInt128LittleEndian(key);
        UInt128 sum = 0;
        foreach (byte[] block in text.Chunk(16))
            sum = Dot(sum ^ BinaryPrimitives.ReadUInt128LittleEndian([.. block, .. new byte[16 - block.Length]]), place);
        return Dot(sum ^ (UInt128)text.Length, place);
    }

    /// <summary>RFC 8452, section 3: the product divided by x^128, bit by bit.</summary>
    private static UInt128 Dot(UInt128 left, UInt128 right)
    {
        UInt128 modulus = ((UInt128)0xC200000000000000 << 64) | 1;
        UInt128 product = 0;
        for (int bit = 0; bit < 128; bit++)
        {
            if (((left >> bit) & 1) != 0)
                product ^= right;

            // Divides by x: where the lowest coefficient is 1, the polynomial is added first, whose highest term becomes x^127.
            bool odd = (product & 1) != 0;
            product = odd ? ((product ^ modulus) >> 1) | (UInt128.One << 127) : product >> 1;
        }

        return product;
    }

    private static UInt128 Number(string hex) => BinaryPrimitives.ReadUInt128LittleEndian(Convert.FromHexString(hex));
}
