using System.Globalization;

namespace Archiver.Web.Shell.Language;

/// <summary>
/// The culture of the person in front of this circuit. What a circuit does by itself has it anyhow; what a background service or another
/// person's circuit calls would be written in theirs. A reader that several circuits share makes one for each as it joins: it takes the culture
/// of whoever makes it.
/// </summary>
public sealed class ViewerCulture
{
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo _language = CultureInfo.CurrentUICulture;

    /// <summary>A callback that runs in the viewer's culture, whoever calls it.</summary>
    public Action Bind(Action callback) => () => Run(() =>
    {
        callback();
        return true;
    });

    /// <summary>A callback that runs in the viewer's culture, whoever calls it.</summary>
    public Action<T> Bind<T>(Action<T> callback) => argument => Run(() =>
    {
        callback(argument);
        return true;
    });

    /// <summary>A callback that runs in the viewer's culture, whoever calls it.</summary>
    public Func<Task> Bind(Func<Task> callback) => () => Run(callback);

    // The culture goes with what is called, also where that goes on later; the caller has its own back at once.
    private T Run<T>(Func<T> work)
    {
        (CultureInfo culture, CultureInfo language) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _language);
        try
        {
            return work();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, language);
        }
    }
}
