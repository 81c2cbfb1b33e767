using System.Reflection;
using System.Text.Json.Serialization;
using System.Xml.Linq;
using Mila.BuildingBlocks.Documents;

namespace Mila.Architecture.Tests;

public class StyleTests
{
    private static readonly string[] LayersAndDrawers = ["Domain", "Application", "Infrastructure", "Common", "Helpers", "Utils", "Services", "Managers"];
    private static readonly string[] SaidOnce = ["TargetFramework", "Nullable", "ImplicitUsings", "LangVersion", "TreatWarningsAsErrors", "AnalysisLevel", "Version", "WarningsNotAsErrors"];

    public static TheoryData<string> Modules => House.EachModule;

    [Fact]
    public void No_folder_is_named_after_a_layer()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(House.Root, "src"), "*", SearchOption.AllDirectories).Select(d => Path.GetFileName(d)!).ToArray();

        folders.ShouldContain("Agenda");
        folders.Intersect(LayersAndDrawers, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Modules))]
    public void No_class_is_a_service_a_manager_or_a_helper(string module)
    {
        var names = House.Assembly(module).GetTypes().Select(t => t.Name).ToArray();

        names.ShouldNotBeEmpty();
        names.Where(n => n.EndsWith("Service", StringComparison.Ordinal) || n.EndsWith("Manager", StringComparison.Ordinal) || n.EndsWith("Helper", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_document_has_one_way_in(string module)
    {
        foreach (var document in House.Documents(module))
        {
            var constructors = document.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);
            constructors.Length.ShouldBe(1, document.Name);
            constructors[0].IsPublic.ShouldBeFalse(document.Name);
            constructors[0].IsDefined(typeof(JsonConstructorAttribute), inherit: false).ShouldBeTrue(document.Name);
        }
    }

    [Theory, MemberData(nameof(Modules))]
    public void No_slice_answers_with_a_document(string module)
    {
        var answers = House.Assembly(module).GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(m => m.Name == "Handle")
            .ToArray();

        answers.ShouldNotBeEmpty();
        answers.Where(m => Within(m.ReturnType).Any(t => t.IsAssignableTo(typeof(IDocument)))).Select(m => m.DeclaringType!.Name).ShouldBeEmpty();
        Within(typeof(Task<IReadOnlyList<IDocument>>)).ShouldContain(typeof(IDocument), "the control");
    }

    [Fact]
    public void A_handler_is_named_after_what_it_hears()
    {
        var handlers = House.Modules.SelectMany(House.Handlers).Select(h => h.Handler.Name).ToArray();

        handlers.ShouldNotBeEmpty();
        handlers.ShouldAllBe(name => name.StartsWith("When", StringComparison.Ordinal));
    }

    [Fact]
    public void A_slice_fits_on_a_screen()
    {
        var slices = House.Sources(Path.Combine(House.Root, "src", "Modules")).Where(f => File.ReadAllText(f).Contains(" Handle(", StringComparison.Ordinal)).ToArray();

        slices.ShouldNotBeEmpty();
        slices.Where(f => File.ReadLines(f).Count() > 120).ShouldBeEmpty();
    }

    [Fact]
    public void A_project_file_repeats_nothing_that_is_said_for_all()
    {
        House.Projects.Count.ShouldBeGreaterThan(2 * House.Modules.Count);
        foreach (var project in House.Projects.Where(p => !p.EndsWith("/MediatR.Contracts.csproj", StringComparison.Ordinal)))
        {
            var elements = XDocument.Load(project).Descendants().ToArray();
            elements.Select(e => e.Name.LocalName).Intersect(SaidOnce, StringComparer.Ordinal).ShouldBeEmpty(project);
            elements.Where(e => e.Name.LocalName == "PackageReference" && e.Attributes().Any(a => a.Name.LocalName is "Version" or "VersionOverride")).ShouldBeEmpty(project);
        }
    }

    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = File.ReadAllText(Path.Combine(House.Root, "Mila.sln")).Replace('\\', '/');

        solution.ShouldStartWith("\nMicrosoft Visual Studio Solution File");
        foreach (var project in House.Projects) solution.ShouldContain($"\"{Path.GetRelativePath(House.Root, project).Replace('\\', '/')}\"", Case.Sensitive);
    }

    private static IEnumerable<Type> Within(Type type) => type.GetGenericArguments().SelectMany(Within).Append(type);
}
