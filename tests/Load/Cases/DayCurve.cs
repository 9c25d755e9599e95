namespace AuditHost.Load;

/// <summary>
/// The rate of events through a day, in a shorter time: a night of 12 hours at a low even rate, and above it half a sine with a peak of three
/// times the day's mean. A whole sine could not rise above twice its mean.
/// </summary>
internal sealed class DayCurve
{
    private const int Steps = 8640;
    private const double Peak = 3;

    /// <summary>The night's rate, as part of the mean: what makes the mean of the whole 1, of which the half sine has 1/π of its height.</summary>
    private const double Night = (1 - (Peak / Math.PI)) / (1 - (1 / Math.PI));

    /// <summary>Which part of the day's events is due by the end of each step.</summary>
    private readonly double[] _due = new double[Steps + 1];

    public DayCurve()
    {
        for (int step = 1; step <= Steps; step++)
        {
            double time = 2 * Math.PI * (step - 0.5) / Steps;
            _due[step] = _due[step - 1] + Night + ((Peak - Night) * Math.Max(0, -Math.Cos(time)));
        }

        for (int step = 1; step <= Steps; step++)
            _due[step] /= _due[Steps];
    }

    /// <summary>When a part of the day's events is due, as part of the day.</summary>
    public double TimeOf(double part)
    {
        int step = Array.BinarySearch(_due, part);
        if (step >= 0)
            return step / (double)Steps;
        step = Math.Min(~step, Steps);
        return (step - 1 + ((part - _due[step - 1]) / (_due[step] - _due[step - 1]))) / Steps;
    }
}
