using System.Text.RegularExpressions;

namespace Mila.Architecture.Tests;

public partial class CardsTests
{
    public static TheoryData<string> Modules => House.EachModule;

    [Theory, MemberData(nameof(Modules))]
    public void A_card_has_its_four_headings(string module)
    {
        var card = File.ReadAllText(House.Card(module));

        foreach (var heading in new[] { "## Words", "## Notifications out", "## Notifications in", "## Invariants" }) card.ShouldContain(heading + "\n", Case.Sensitive, module);
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_card_lists_what_the_module_publishes(string module)
    {
        House.Modules.SelectMany(House.Notifications).ShouldNotBeEmpty();
        Listed(module, "## Notifications out").ShouldBe(House.Notifications(module).Select(n => n.Name).Order(StringComparer.Ordinal), ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_card_lists_what_the_module_hears_from_others(string module)
    {
        House.Modules.SelectMany(Heard).ShouldNotBeEmpty();
        Listed(module, "## Notifications in").Distinct(StringComparer.Ordinal).ShouldBe(Heard(module), ignoreOrder: true);
    }

    [Fact]
    public void Every_notification_is_published_by_its_own_module_or_the_card_says_that_it_is_not_yet()
    {
        var notifications = House.Modules.SelectMany(m => House.Notifications(m).Select(n => (Module: m, n.Name))).ToArray();

        notifications.ShouldNotBeEmpty();
        foreach (var (module, name) in notifications)
        {
            var isPublished = House.Sources(Path.Combine(House.Root, "src", "Modules", module, $"Mila.{module}"))
                .Any(f => Regex.IsMatch(File.ReadAllText(f), $@"new {name}\(|\b{name} \w+\([^;]*=> new\(", RegexOptions.None, TimeSpan.FromSeconds(5)));
            var isAwaited = Regex.IsMatch(File.ReadAllText(House.Card(module)), $"^- `{name}`:.* Not published yet: ", RegexOptions.Multiline, TimeSpan.FromSeconds(5));
            isPublished.ShouldBe(!isAwaited, isAwaited ? $"the card of {module} says that {name} is not published yet, and it is" : $"{module} declares {name} and never publishes it");
        }
    }

    /// <summary>What a module hears from others: <c>Hosting.LeaseEnded</c>.</summary>
    private static IEnumerable<string> Heard(string module) =>
        House.Handlers(module)
            .Select(h => h.Notification)
            .Where(n => n.Assembly != House.Assembly(module) && n.Assembly != House.Contracts(module))
            .Select(n => $"{n.Namespace!.Split('.')[1]}.{n.Name}").Distinct(StringComparer.Ordinal);

    /// <summary>The first `code` of each bullet under a heading.</summary>
    private static string[] Listed(string module, string heading)
    {
        var card = File.ReadAllText(House.Card(module));
        var section = card[(card.IndexOf(heading + "\n", StringComparison.Ordinal) + heading.Length)..];
        var end = section.IndexOf("\n## ", StringComparison.Ordinal);
        return [.. Bullet().Matches(end < 0 ? section : section[..end]).Select(m => m.Groups["name"].Value)];
    }

    [GeneratedRegex(@"^- `(?<name>[A-Za-z.]+)`", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bullet();
}
