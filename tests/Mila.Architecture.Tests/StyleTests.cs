using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Documents;

namespace Mila.Architecture.Tests;

public class StyleTests
{
    private static readonly string[] LayersAndDrawers = ["Domain", "Application", "Infrastructure", "Common", "Helpers", "Utils", "Services", "Managers"];

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
        var documents = House.Assembly(module).GetTypes().Where(t => t.IsClass && !t.IsAbstract && t.IsAssignableTo(typeof(IDocument))).ToArray();

        documents.ShouldNotBeEmpty();
        foreach (var document in documents)
        {
            var constructors = document.GetConstructors(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public);
            constructors.Length.ShouldBe(1, document.Name);
            constructors[0].IsPublic.ShouldBeFalse(document.Name);
            constructors[0].IsDefined(typeof(JsonConstructorAttribute), inherit: false).ShouldBeTrue(document.Name);
        }
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_handler_is_named_after_what_it_hears(string module)
    {
        foreach (var (handler, _) in House.Handlers(module)) handler.Name.ShouldStartWith("When");
    }

    [Fact]
    public void A_slice_fits_on_a_screen()
    {
        var slices = House.Sources(Path.Combine(House.Root, "src", "Modules")).Where(f => File.ReadAllText(f).Contains(" Handle(", StringComparison.Ordinal)).ToArray();

        slices.ShouldNotBeEmpty();
        slices.Where(f => File.ReadLines(f).Count() > 120).ShouldBeEmpty();
    }
}
