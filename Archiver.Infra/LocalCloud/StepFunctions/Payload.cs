using System.Text;
using Archiver.Infra.StatesLanguage;

namespace Archiver.Infra.LocalCloud.StepFunctions;

/// <summary>The limit of inputs, outputs and results.</summary>
internal static class Payload
{
    /// <summary>Whether JSON text has more bytes than Step Functions takes.</summary>
    public static bool IsTooLarge(string text) => text.Length > StatesLimits.PayloadBytes
        || (text.Length > StatesLimits.PayloadBytes / 3 && Encoding.UTF8.GetByteCount(text) > StatesLimits.PayloadBytes);
}
