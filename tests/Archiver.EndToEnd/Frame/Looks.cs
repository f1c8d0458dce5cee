using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Archiver.EndToEnd.Frame;

/// <summary>What is wrong with how a page stands there, each finding in a line; nothing where nothing is.</summary>
internal static class Looks
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
    };

    /// <summary>What axe finds: WCAG 2.2 up to AA, and what is good practice beside.</summary>
    public static async Task<IEnumerable<string>> AxeAsync(IPage page, string where)
    {
        // What was changed just now begins to pass into its new colours with the next frame; half-way there is nobody's contrast.
        await page.EvaluateAsync("""
            () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
              .then(() => Promise.all(document.getAnimations().filter(one => one.effect.getTiming().iterations !== Infinity).map(one => one.finished.catch(() => {}))))
            """);
        AxeResult result = await page.RunAxe(Rules);
        return result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{where}: {rule.Id}: {node.Target} {node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}"));
    }

    /// <summary>Whether the page itself has to be scrolled sideways, and by what.</summary>
    public static async Task<IEnumerable<string>> SidewaysAsync(IPage page, string where)
    {
        string[] wide = await page.EvaluateAsync<string[]>("""
            () => {
              const root = document.documentElement, width = root.clientWidth;
              if (root.scrollWidth <= width) return [];
              const scrolls = element => element && element !== document.body && (/(auto|scroll|hidden|clip)/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
              return [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > width + 1 && !scrolls(one.parentElement))
                .slice(0, 4).map(one => `${root.scrollWidth} > ${width}: ${one.outerHTML.slice(0, 160)}`);
            }
            """);
        return wide.Select(one => $"{where}: sideways: {one}");
    }

    /// <summary>Which texts are cut off by their box, or lie over one another.</summary>
    public static async Task<IEnumerable<string>> CutOffAsync(IPage page, string where)
    {
        string[] cut = await page.EvaluateAsync<string[]>("""
            () => {
              const seen = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest("svg, .visually-hidden, .moment .exact, [inert], thead");
              const hasText = element => [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
              const found = [];
              const texts = [...document.querySelectorAll("body *")].filter(one => hasText(one) && seen(one));
              for (const one of texts) {
                const style = getComputedStyle(one);
                if (style.clipPath !== "none" || one.closest("pre, textarea, .foreign")) continue;
                const hides = /(hidden|clip)/.test(style.overflowX) && one.scrollWidth > one.clientWidth + 2 || /(hidden|clip)/.test(style.overflowY) && one.scrollHeight > one.clientHeight + 4;
                if (hides && one.clientWidth > 2) found.push(`cut off: ${one.outerHTML.slice(0, 160)}`);
              }
              const bar = document.querySelector(".shell-bar");
              if (bar) {
                const parts = [...bar.querySelectorAll("a, button")].filter(seen).map(one => [one, one.getBoundingClientRect()]);
                for (const [one, a] of parts) {
                  for (const [other, b] of parts) {
                    if (one === other || one.contains(other) || other.contains(one)) continue;
                    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) found.push(`overlap: ${one.outerHTML.slice(0, 80)} | ${other.outerHTML.slice(0, 80)}`);
                  }
                  if (a.bottom > bar.getBoundingClientRect().bottom + 1) found.push(`below the bar: ${one.outerHTML.slice(0, 120)}`);
                }
                const main = document.querySelector("main").getBoundingClientRect();
                if (scrollY === 0 && main.top < bar.getBoundingClientRect().bottom - 1) found.push("the bar lies over the content");
              }
              return found.slice(0, 8);
            }
            """);
        return cut.Select(one => $"{where}: {one}");
    }

    /// <summary>Goes through the page with the Tab key: every stop has to be seen to have the focus.</summary>
    public static async Task<IEnumerable<string>> UnseenFocusAsync(IPage page, string where, int most = 40)
    {
        List<string> unseen = [];
        HashSet<string> been = [];
        await page.EvaluateAsync("() => { document.activeElement?.blur(); getSelection().removeAllRanges(); scrollTo(0, 0); }");
        for (int stop = 0; stop < most; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            string[] at = await page.EvaluateAsync<string[]>("""
                () => {
                  const one = document.activeElement;
                  if (!one || one === document.body) return ["", ""];
                  one.dataset.stop ??= String(document.querySelectorAll("[data-stop]").length + 1);
                  const shows = element => {
                    const style = getComputedStyle(element);
                    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== "none";
                  };
                  // An input of MudBlazor's shows it by its frame, a state of the drawing by its box.
                  const frame = one.closest(".mud-input-control")?.querySelector(".mud-input-outlined-border");
                  const framed = frame && parseFloat(getComputedStyle(frame).borderTopWidth) >= 2;
                  const boxed = one.matches(".hit") && parseFloat(getComputedStyle(one.parentElement.querySelector(".box")).strokeWidth) >= 3;
                  const switched = one.closest(".mud-switch, .mud-checkbox")?.querySelector(".mud-button-root, .mud-switch-button");
                  const ok = shows(one) || framed || boxed || switched && shows(switched) || one.tagName === "IFRAME";
                  return [one.dataset.stop, ok ? "" : one.outerHTML.slice(0, 200)];
                }
                """);
            if (at[0].Length == 0 || !been.Add(at[0])) break;
            if (at[1].Length > 0) unseen.Add($"{where}: focus is not seen: {at[1]}");
        }
        return unseen;
    }
}
